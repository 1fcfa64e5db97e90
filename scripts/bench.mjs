import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { environment, install, main, projectNode, root } from './install.mjs';

/**
 * `npm run bench -- NAME`: installs what is missing, then measures; bench/index.ts knows what. With
 * `--quick` alone, every bench that has a quick run.
 */

/**
 * Open files a process: 10,000 sockets are twice as many in workerd, and an object that is awake
 * has three more. If the limit is lower, the benches use fewer and say so.
 */
const OPEN_FILES = 65_536;

await main(async () => {
  install();
  const args = [join(root, 'bench', 'index.ts'), ...process.argv.slice(2)];
  const raise = `ulimit -n ${OPEN_FILES} 2>/dev/null || ulimit -n "$(ulimit -Hn)"; exec "$0" "$@"`;
  const [command, commandArgs] =
    process.platform === 'win32'
      ? [projectNode, args]
      : ['/bin/sh', ['-c', raise, projectNode, ...args]];
  const child = spawn(command, commandArgs, { cwd: root, env: environment, stdio: 'inherit' });
  /** @type {number} */
  const status = await new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });
  process.exitCode = status;
});

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { environment, main, projectNode, root, setup } from './setup.mjs';

/** `npm run bench -- NAME`: installs what is missing, then measures; bench/index.ts knows what. */

await main(async () => {
  setup();
  const child = spawn(projectNode, [join(root, 'bench', 'index.ts'), ...process.argv.slice(2)], {
    cwd: root,
    env: environment,
    stdio: 'inherit',
  });
  /** @type {number} */
  const status = await new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });
  process.exitCode = status;
});

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { environment, install, main, projectNode, root } from './install.mjs';

/** `npm run conformance`: installs what is missing, then plays the cases; scripts/conformance knows how. */
await main(async () => {
  install();
  const command = [join(root, 'scripts', 'conformance', 'index.ts'), ...process.argv.slice(2)];
  const child = spawn(projectNode, command, { cwd: root, env: environment, stdio: 'inherit' });
  /** @type {number} */
  const status = await new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });
  process.exitCode = status;
});

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { environment, install, main, projectNode, root } from './install.mjs';

/** `npm run deploy`: installs what is missing, then runs scripts/deploy in the project's Node. */

await main(async () => {
  install();
  const { status } = spawnSync(
    projectNode,
    [join(root, 'scripts', 'deploy', 'index.ts'), ...process.argv.slice(2)],
    { cwd: root, env: environment, stdio: 'inherit' },
  );
  process.exitCode = status ?? 1;
});

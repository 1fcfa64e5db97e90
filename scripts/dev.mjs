import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Explained, environment, install, main, projectNode, root } from './install.mjs';
import { assertFree } from './local/loopback.mjs';

const help = `npm run dev: Foyer on this machine, with hot reload of the dashboard and the widget's frame.

It is \`npm start\` behind a development server at the same address. A change in admin/ or
widget/frame/ shows at once; one in worker/ restarts the Worker; one in widget/loader/ and the other
scripts for websites is built, and shows when the page is loaded again.

It takes the options and variables of \`npm start\` (npm start -- --help).
`;

await main(async () => {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    console.log(help);
    return;
  }
  const port = readPort();
  install();
  await assertFree(port);
  const workerPort = await findFreePort();
  const variables = { PORT: `${workerPort}`, FOYER_DEV_PORT: `${port}` };
  const options = { cwd: root, execPath: projectNode, env: { ...environment, ...variables } };
  const server = fork(
    join(root, 'scripts', 'dev', 'server.ts'),
    ['--port', `${port}`, '--worker', `${workerPort}`],
    options,
  );
  const foyer = fork(join(root, 'scripts', 'start.mjs'), args, options);
  const children = [foyer, server];
  // Both end when the channel to this process closes, however it ends; the first that ends ends both.
  const end = () => {
    for (const child of children) if (child.connected) child.disconnect();
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, end);
  }
  const codes = await Promise.all(
    children.map(async (child) => {
      const [code] = await once(child, 'exit');
      end();
      return Number(code ?? 0);
    }),
  );
  process.exitCode = Math.max(...codes);
});

/** @returns {number} */
function readPort() {
  const port = Number(process.env.PORT || '8787');
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new Explained(`PORT is "${process.env.PORT}"; it must be a number from 1 to 65535.`);
}

/** @returns {Promise<number>} */
async function findFreePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Explained('No port is free.');
  return address.port;
}

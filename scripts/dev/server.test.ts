import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

/** `npm run dev`, with a stand-in for the Worker behind it. */

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  const port = await portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

async function portOf(server: ReturnType<typeof createServer>): Promise<number> {
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}

/** Answers every request with its address and the host that it was sent to, and greets sockets. */
async function startWorker(): Promise<number> {
  const server = createServer((request, response) => {
    response.end(`the Worker: ${request.headers.host}${request.url}`);
  }).listen(0, '127.0.0.1');
  server.on('upgrade', (request, socket) => {
    // RFC 6455, 4.2.2 and 5.2: the constant, and a text frame of less than 126 bytes.
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.write(Buffer.from('\x81\x0athe Worker', 'latin1'));
  });
  onTestFinished(() => void server.close());
  return portOf(server);
}

test('serves the pages from their sources, and passes the rest on to the Worker', {
  timeout: 90_000,
}, async () => {
  const [port, worker] = [await freePort(), await startWorker()];
  const server = fork(
    join(import.meta.dirname, 'server.ts'),
    ['--port', `${port}`, '--worker', `${worker}`],
    { env: { ...process.env, VITEST: undefined, NODE_ENV: undefined }, silent: true },
  );
  onTestFinished(() => void server.kill('SIGKILL'));
  const origin = `http://127.0.0.1:${port}`;
  await expect
    .poll(() => fetch(`${origin}/api/health`).then(String, () => ''), { timeout: 60_000 })
    .not.toBe('');
  const read = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(`${origin}${path}`, { headers })).text();
  const document = { accept: 'text/html', 'accept-language': 'de-AT,de;q=0.9' };

  for (const path of ['/api/health', '/', '/widget.js', '/test-widget.html?key=a', '/files/t']) {
    expect(await read(path)).toBe(`the Worker: 127.0.0.1:${port}${path}`);
  }
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/socket`);
  const greeting = await new Promise((done) => {
    socket.onmessage = ({ data }) => done(data);
  });
  expect(greeting).toBe('the Worker');
  socket.close();

  const dashboard = await read('/admin/inbox/all', document);
  expect(dashboard).toContain('<script type="module" src="/@vite/client">');
  expect(dashboard).toContain('<script type="module" src="/admin/main.tsx">');
  expect(await read('/admin/main.tsx')).toContain('render(');

  const frame = await read('/widget/frame?key=wk_acme', document);
  expect(frame).toContain('<html lang="de">');
  expect(frame.match(/hreflang/g)).toHaveLength(1);
  expect(await read('/texts/de/first.js')).toMatch(/^export default\{/);
  expect(await read('/texts/de/lazy.js')).not.toBe(await read('/texts/de/first.js'));

  // The one that started it ended.
  server.disconnect();
  await once(server, 'exit');
});

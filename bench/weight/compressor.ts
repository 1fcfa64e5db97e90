import { createServer, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { brotliCompressSync, constants } from 'node:zlib';
import { listen } from './listen.ts';
import type { Recorder } from './requests.ts';

/**
 * A server in front of the one on a port of this machine that compresses as an edge does, which a local Worker does not:
 * brotli at its best for files, at 4 for what is made for one request (what Cloudflare uses there:
 * https://blog.cloudflare.com/results-experimenting-brotli/). It writes down what went through.
 */
export type Compressor = { origin: string; recorder: Recorder; stop(): void };

export async function startCompressor(port: number, recorder: Recorder): Promise<Compressor> {
  const server = createServer((incoming, outgoing) => {
    const { method, url: path = '/', headers } = incoming;
    const entry = recorder.begin(path);
    const upstream = request(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: { ...headers, 'accept-encoding': 'identity' },
      },
      async (answer) => {
        const body = await readAll(answer);
        const type = answer.headers['content-type'] ?? '';
        const packed = shouldCompress(type, body) ? compress(type, body) : null;
        entry.end({ type, bytes: (packed ?? body).length });
        const { 'transfer-encoding': _, ...kept } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 502, {
          ...kept,
          ...(packed && { 'content-encoding': 'br', vary: 'accept-encoding' }),
          ...(method !== 'HEAD' && { 'content-length': (packed ?? body).length }),
        });
        outgoing.end(packed ?? body);
      },
    );
    upstream.on('error', (error) => outgoing.destroy(error));
    incoming.pipe(upstream);
  });
  server.on('upgrade', (incoming, socket, head) => {
    recorder.begin(incoming.url ?? '/').end({ type: 'socket', bytes: 0 });
    const far = connect(port, '127.0.0.1', () => {
      far.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n`);
      for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
        far.write(`${incoming.rawHeaders[at]}: ${incoming.rawHeaders[at + 1]}\r\n`);
      }
      far.write('\r\n');
      far.write(head);
      far.pipe(socket).pipe(far);
    });
    socket.on('error', () => far.destroy());
    far.on('error', () => socket.destroy());
  });
  const { port: own, stop } = await listen(server);
  // Another site than 127.0.0.1, where the host page is.
  return { origin: `http://localhost:${own}`, recorder, stop };
}

const packed = new Map<string, Buffer>();

function compress(type: string, body: Buffer): Buffer {
  const quality = /json/.test(type) ? 4 : constants.BROTLI_MAX_QUALITY;
  const key = `${quality}:${body.length}:${body.toString('latin1')}`;
  const before = packed.get(key);
  if (before) return before;
  const result = brotliCompressSync(body, {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality },
  });
  packed.set(key, result);
  return result;
}

function shouldCompress(type: string, body: Buffer): boolean {
  return body.length > 0 && /text|javascript|json|svg/.test(type);
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

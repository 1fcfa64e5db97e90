import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { type Listening, listen } from './listen.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

/** The backend of a widget: files of a folder, and answers that are always the same. */
export async function serveFiles(
  folder: string,
  answers: Readonly<Record<string, unknown>>,
): Promise<Listening> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', '*');
    if (pathname in answers) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answers[pathname]));
      return;
    }
    const path = join(folder, normalize(pathname));
    // A folder's page is served at the folder's name, as Rocket.Chat's own server does it.
    const file = existsSync(path) && statSync(path).isDirectory() ? join(path, 'index.html') : path;
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
    createReadStream(file).pipe(response);
  });
  return await listen(server);
}

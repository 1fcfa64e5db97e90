import { createServer } from 'node:http';
import { listen } from './listen.ts';

/** A customer's page: some text, with or without a widget at its end. */
export type HostPage = {
  /** The address of the page with this HTML before the end of its body. */
  with(tag: string): string;
  stop(): void;
};

export async function startHostPage(): Promise<HostPage> {
  const tags: string[] = [];
  const server = createServer((request, response) => {
    const tag = tags[Number(request.url?.slice(1))];
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (tag === undefined) response.writeHead(204).end();
    else response.end(html(tag));
  });
  const { port, stop } = await listen(server);
  return {
    with(tag) {
      if (!tags.includes(tag)) tags.push(tag);
      return `http://127.0.0.1:${port}/${tags.indexOf(tag)}`;
    },
    stop,
  };
}

function html(tag: string): string {
  const text = '<p>Good things, soon at your door. Tell us what you need, and we pack it.</p>';
  return `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<title>A shop</title><body><h1>A shop</h1>${text.repeat(20)}${tag}</body></html>`;
}

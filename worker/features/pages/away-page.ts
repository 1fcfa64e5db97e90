import { FoyerError } from '../../kernel/errors.ts';

const style = `:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}
body{display:grid;place-content:center;min-height:90vh;margin:0;padding:24px;text-align:center}
h1{margin:0;font-size:17px}p{margin:8px 0}a{padding:12px;color:LinkText}`;

const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Chat</title>
    <style>${style}</style>
  </head>
  <body>
    <main>
      <h1>Chat is temporarily unavailable</h1>
      <p>Nothing you wrote is lost.</p>
      <a href="">Try again</a>
    </main>
  </body>
</html>
`;

/**
 * What the frame shows while the database is away. Who may frame the chat is not known then, so
 * that this comes in its place: a page that says so, with nothing in it to load, run or send.
 */
export async function awayPage(): Promise<Response> {
  const { status, retryAfter } = new FoyerError('unavailable');
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'retry-after': `${retryAfter}`,
      'content-security-policy': [
        "default-src 'none'",
        `style-src 'sha256-${hash}'`,
        "base-uri 'none'",
        "form-action 'none'",
      ].join('; '),
    },
  });
}

import { isImage } from '../../../protocol/images.ts';
import type { Env } from '../../env.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { isUnchanged, rangeOf } from './conditional.ts';
import { readLink } from './link.ts';

/** Headers of which each asks for something else than the whole file. */
const CONDITIONS = ['range', 'if-none-match', 'if-modified-since'];

/**
 * Answers a link with the file, or with a part of it. Pictures are shown in place, everything else is
 * a download, and nothing in either may run: no sniffing, and a policy that lets a document do
 * nothing. Conditions and ranges that are malformed are ignored (RFC 9110, 13.1.2 and 14.2).
 *
 * @throws FoyerError not_found for a link that has ended, and for a file that was taken back
 */
export async function serveFile(env: Env, token: string, request: Request): Promise<Response> {
  const { key, name, type } = await readLink(env.FOYER_SECRET, token);
  const { headers } = request;
  const { FILES: bucket } = env;
  const isPlain = !CONDITIONS.some((name) => headers.has(name));
  const whole = isPlain ? await bucket?.get(key) : null;
  const stored = whole ?? (await bucket?.head(key));
  if (!stored) throw new FoyerError('not_found');
  const { size, httpEtag: etag, uploaded } = stored;
  const answer = new Headers({
    'content-type': type,
    'content-disposition': disposition(isImage(type) ? 'inline' : 'attachment', name),
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'accept-ranges': 'bytes',
    // The link is the right to see it; with its end the copy may stay in its reader's own browser.
    'cache-control': 'private, max-age=900',
    etag,
  });
  if (whole) return new Response(whole.body, { headers: answer });
  if (isUnchanged(headers, etag, uploaded)) {
    return new Response(null, { status: 304, headers: answer });
  }
  const range = rangeOf(headers, etag, size);
  if (range === 'unsatisfiable') {
    answer.set('content-range', `bytes */${size}`);
    return new Response(null, { status: 416, headers: answer });
  }
  const object = await bucket?.get(key, range === 'whole' ? {} : { range });
  if (!object) throw new FoyerError('not_found');
  if (range === 'whole') return new Response(object.body, { headers: answer });
  const { offset, length } = range;
  answer.set('content-range', `bytes ${offset}-${offset + length - 1}/${size}`);
  return new Response(object.body, { status: 206, headers: answer });
}

/** RFC 6266: a name in ASCII for the oldest, and the real one beside it. */
function disposition(how: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${how}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

import { isPicture } from '../../protocol/pictures.ts';
import type { Env } from '../env.ts';
import { FoyerError } from '../errors.ts';
import { readLink } from './link.ts';

/**
 * Answers a link with the file. Pictures are shown in place, everything else is a download, and
 * nothing in either may run: no sniffing, and a policy that lets a document do nothing.
 *
 * @throws FoyerError not_found for a link that has ended, and for a file that was taken back
 */
export async function serveFile(env: Env, token: string, request: Request): Promise<Response> {
  const { key, name, type } = await readLink(env.FOYER_SECRET, token);
  const { headers } = request;
  const object = await env.FILES?.get(key, { range: headers, onlyIf: headers });
  if (!object) throw new FoyerError('not_found');
  const answer = new Headers({
    'content-type': type,
    'content-disposition': disposition(isPicture(type) ? 'inline' : 'attachment', name),
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'accept-ranges': 'bytes',
    // The link is the right to see it; with its end the copy may stay in its reader's own browser.
    'cache-control': 'private, max-age=900',
    etag: object.httpEtag,
  });
  if (!('body' in object)) return new Response(null, { status: 304, headers: answer });
  const { range, size } = object;
  if (!range || !headers.has('range')) return new Response(object.body, { headers: answer });
  const { from, length } = extent(range, size);
  answer.set('content-range', `bytes ${from}-${from + length - 1}/${size}`);
  return new Response(object.body, { status: 206, headers: answer });
}

/** Where a range begins and how long it is. What was not asked for may be there, undefined. */
function extent(range: R2Range, size: number): { from: number; length: number } {
  if ('suffix' in range && range.suffix !== undefined) {
    const length = Math.min(range.suffix, size);
    return { from: size - length, length };
  }
  const from = ('offset' in range ? range.offset : undefined) ?? 0;
  const length = 'length' in range ? range.length : undefined;
  return { from, length: length ?? size - from };
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

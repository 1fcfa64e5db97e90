import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { MessageFile } from '../../../protocol/conversation/message.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { keyBytes } from '../../kernel/secret.ts';

/**
 * Links to files: signed, and good for minutes. A link is as good as the file, so it is made for
 * people who may read the conversation, each time a new one, and stored nowhere.
 */

/** Seconds that a link is good for: long enough to open it, and to load it on a slow phone. */
const LINK_SECONDS = 15 * 60;

const ALGORITHM = 'HS256';
const AUDIENCE = 'foyer.file';

const claims = z.object({ sub: z.string(), name: z.string(), type: z.string() });

/** What a link leads to. */
export type Linked = { key: string; name: string; type: string };

/** @returns the path of the link, and when it ends, ISO 8601 */
export async function signLink(
  secret: string,
  key: string,
  { name, type }: MessageFile,
): Promise<{ url: string; expires_at: string }> {
  const ends = Math.floor(Date.now() / 1000) + LINK_SECONDS;
  const token = await new SignJWT({ name, type })
    .setProtectedHeader({ alg: ALGORITHM })
    .setSubject(key)
    .setAudience(AUDIENCE)
    .setExpirationTime(ends)
    .sign(keyFor(secret));
  return { url: `/files/${token}`, expires_at: new Date(ends * 1000).toISOString() };
}

/** @throws FoyerError not_found for a link that is forged or too old */
export async function readLink(secret: string, token: string): Promise<Linked> {
  try {
    const { payload } = await jwtVerify(token, keyFor(secret), {
      audience: AUDIENCE,
      algorithms: [ALGORITHM],
    });
    const { sub, name, type } = claims.parse(payload);
    return { key: sub, name, type };
  } catch {
    throw new FoyerError('not_found', { message: 'This link has expired. Open the file again.' });
  }
}

/** A key that nothing else is signed with. */
function keyFor(secret: string): Uint8Array {
  return keyBytes(secret, 'files');
}

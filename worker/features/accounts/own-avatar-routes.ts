import { Hono } from 'hono';
import { z } from 'zod';
import { MAX_AVATAR_BYTES } from '../../../protocol/limits.ts';
import { type AdminEnv, databaseOf } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { setAvatar } from './people-store.ts';
import { tellEverywhere } from './tell-everywhere.ts';

const answer = z.object({ image: z.string() });

/** One's own picture, which the browser has made small. */
export const avatar = new Hono<AdminEnv>()
  .put(
    '/',
    described(
      'Sets your picture: the bytes of a small PNG, JPEG or WebP image.',
      { 200: answer },
      { upload: ['image/png', 'image/jpeg', 'image/webp'] },
    ),
    async (context) => {
      const bytes = new Uint8Array(await context.req.arrayBuffer());
      if (bytes.length > MAX_AVATAR_BYTES) throw new FoyerError('payload_too_large');
      const type = imageType(bytes);
      if (!type) {
        throw new FoyerError('validation_failed', {
          message: 'This is not a PNG, JPEG or WebP image.',
        });
      }
      const id = randomName();
      const url = `/api/pictures/${id}`;
      let binary = '';
      for (const byte of bytes) binary += String.fromCharCode(byte);
      await setAvatar(databaseOf(context), context.var.agent.id, {
        id,
        type,
        data: btoa(binary),
        url,
      });
      await tellEverywhere(context);
      return context.json({ image: url }, 200);
    },
  )
  .delete('/', described('Removes your picture.', { 204: null }), async (context) => {
    await setAvatar(databaseOf(context), context.var.agent.id, null);
    await tellEverywhere(context);
    return context.body(null, 204);
  });

/** By its first bytes, whatever the request calls it; null for anything but these three. */
function imageType(bytes: Uint8Array): string | null {
  const text = String.fromCharCode(...bytes.subarray(0, 16));
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp';
  return null;
}

/** 128 random bits: knowing the address is all that it takes to see the picture. */
function randomName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

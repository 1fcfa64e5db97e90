import { Hono } from 'hono';
import { z } from 'zod';
import type { Env } from '../../env.ts';
import { databaseOf } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { isUnchanged } from '../files/conditional.ts';
import { findAvatar } from './people-store.ts';

const param = z.object({ picture: z.string().regex(/^[0-9a-f]{32}$/) });

/** People's pictures, for whoever was told the address. A new picture has a new address. */
export const avatars = new Hono<{ Bindings: Env }>().get(
  '/:picture',
  described('A picture.', { 200: null }, { anyQuery: true }),
  async (context, next) => {
    await next();
    // Over the API's `no-store`, since what is at an address never changes.
    if (context.res.ok || context.res.status === 304)
      context.res.headers.set('cache-control', 'private, max-age=31536000');
  },
  validated('param', param),
  async (context) => {
    const avatar = await findAvatar(databaseOf(context), context.req.valid('param').picture);
    if (!avatar) throw new FoyerError('not_found');
    const etag = `"${context.req.valid('param').picture}"`;
    if (isUnchanged(context.req.raw.headers, etag)) return context.body(null, 304, { etag });
    const bytes = Uint8Array.from(atob(avatar.data), (character) => character.charCodeAt(0));
    return context.body(bytes, 200, {
      'content-type': avatar.type,
      etag,
      'content-security-policy': "default-src 'none'; sandbox",
    });
  },
);

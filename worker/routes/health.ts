import { Hono } from 'hono';
import { z } from 'zod';
import { version } from '../../package.json';
import { databaseOf } from '../context.ts';
import { described } from '../describe.ts';
import type { Env } from '../env.ts';
import { databaseKind } from '../store/configured.ts';
import { ping } from '../store/database.ts';

const health = z.object({
  ok: z.literal(true),
  database: z.enum(['d1', 'postgres']),
  version: z.string(),
});

/** `GET /`: whether the Worker runs and its database answers (503 when not). */
export const healthRoute = new Hono<{ Bindings: Env }>().get(
  '/',
  described(
    'Whether Foyer and its database answer.',
    { 200: health },
    // Monitors add parameters against caches.
    { anyQuery: true },
  ),
  async (context) => {
    await ping(databaseOf(context));
    return context.json({ ok: true as const, database: databaseKind, version }, 200);
  },
);

import { Hono } from 'hono';
import { z } from 'zod';
import { searchHit } from '../../../protocol/search.ts';
import { type AdminEnv, databaseOf } from '../../context.ts';
import { described, pageOf } from '../../describe.ts';
import { cleaned } from '../../fields.ts';
import { permit } from '../../guards.ts';
import { search as find } from '../../store/search.ts';
import { validated } from '../../validated.ts';
import { listQuery } from '../params.ts';

const query = listQuery.extend({
  q: cleaned().max(200),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});

/** What was said, and by whom: for agents, and so with private notes. */
export const search = new Hono<AdminEnv>().get(
  '/',
  permit('inbox.read'),
  described('Customers and messages, private notes included.', { 200: pageOf(searchHit) }),
  validated('query', query),
  async (context) => {
    const { agent } = context.var;
    const asked = { ...context.req.valid('query'), sight: agent };
    const found = await find(databaseOf(context), agent.organization_id, asked);
    return context.json(found, 200);
  },
);

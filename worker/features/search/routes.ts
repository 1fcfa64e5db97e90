import { Hono } from 'hono';
import { z } from 'zod';
import { searchHit } from '../../../protocol/resources/search.ts';
import { type AdminEnv, databaseOf } from '../../http/context.ts';
import { described, pageOf } from '../../http/description/describe.ts';
import { permit } from '../../http/guards.ts';
import { cleaned } from '../../http/input/fields.ts';
import { listQuery } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { search as find } from './store.ts';

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
    const query = { ...context.req.valid('query'), visibility: agent };
    const results = await find(databaseOf(context), agent.organization_id, query);
    return context.json(results, 200);
  },
);

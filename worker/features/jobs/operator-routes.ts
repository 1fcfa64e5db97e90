import { Hono } from 'hono';
import { z } from 'zod';
import { systemFor } from '../../../protocol/conversation/actor.ts';
import { job } from '../../../protocol/resources/job.ts';
import type { Env } from '../../env.ts';
import { databaseOf } from '../../http/context.ts';
import { described, pageOf } from '../../http/description/describe.ts';
import { requireOperator } from '../../http/guards.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { startJob, withLost } from './start.ts';
import { startable } from './startable.ts';
import { findOrganizationBySlug, listJobs, listOrganizations, toJob } from './store.ts';

/** Organizations of a page. */
const AT_ONCE = 100;

const slug = z.string().max(100);

/** @throws FoyerError not_found for no organization's slug */
async function organizationOf(context: { env: Env; req: object }, name: string): Promise<string> {
  const id = await findOrganizationBySlug(databaseOf(context), name);
  if (!id) throw new FoyerError('not_found');
  return id;
}

/** What whoever runs the installation asks: `npm run db:rebuild` does. */
export const operatorJobs = new Hono<{ Bindings: Env }>()
  .use(requireOperator)
  .get(
    '/organizations',
    described('All organizations of this installation, a page at a time.', {
      200: pageOf(z.object({ id: z.uuid(), slug })),
    }),
    validated('query', z.object({ cursor: z.uuid().optional() })),
    async (context) => {
      const { cursor = null } = context.req.valid('query');
      const items = await listOrganizations(databaseOf(context), cursor, AT_ONCE);
      const last = items.length === AT_ONCE ? items.at(-1) : undefined;
      return context.json({ items, next_cursor: last?.id ?? null }, 200);
    },
  )
  .get(
    '/jobs',
    described('The newest jobs of an organization and their progress.', { 200: pageOf(job) }),
    validated('query', z.object({ organization: slug })),
    async (context) => {
      const db = databaseOf(context);
      const organization = await organizationOf(context, context.req.valid('query').organization);
      const rows = await listJobs(db, organization);
      const items = await Promise.all(
        rows.map(async (row) => toJob(await withLost(context.env, db, row))),
      );
      return context.json({ items, next_cursor: null }, 200);
    },
  )
  .post(
    '/jobs',
    described('Starts a job of an organization; 200 with the running job, if there is one.', {
      200: z.object({ job }),
      201: z.object({ job }),
    }),
    validated('json', startable.extend({ organization: slug })),
    async (context) => {
      const { organization, kind } = context.req.valid('json');
      const { row, is_new } = await startJob(
        context.env,
        databaseOf(context),
        await organizationOf(context, organization),
        kind,
        systemFor('operator'),
      );
      return context.json({ job: toJob(row) }, is_new ? 201 : 200);
    },
  );

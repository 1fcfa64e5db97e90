import { Hono } from 'hono';
import { z } from 'zod';
import { job } from '../../../protocol/resources/job.ts';
import { actorOf } from '../../auth/principal.ts';
import { isDuplicate } from '../../database/database.ts';
import { type AdminEnv, databaseOf } from '../../http/context.ts';
import { described, pageOf } from '../../http/description/describe.ts';
import { permit } from '../../http/guards.ts';
import { idParam } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { resume, startJob, withLost } from './start.ts';
import { startable } from './startable.ts';
import { cancelJob, listJobs, toJob } from './store.ts';

const answer = z.object({ job });

/** Another one of its kind runs. */
const OTHER_RUNS = 'Another job of this kind is running.';

/** The organization's long work. */
export const jobs = new Hono<AdminEnv>()
  .get(
    '/',
    permit('jobs.read'),
    described('The newest jobs of the organization and their progress.', { 200: pageOf(job) }),
    async (context) => {
      const { organization_id } = context.var.agent;
      const db = databaseOf(context);
      const rows = await listJobs(db, organization_id);
      const items = await Promise.all(
        rows.map(async (row) => toJob(await withLost(context.env, db, row))),
      );
      return context.json({ items, next_cursor: null }, 200);
    },
  )
  .post(
    '/',
    permit('jobs.manage'),
    described('Starts a job; 200 with the running job of the same kind, if there is one.', {
      200: answer,
      201: answer,
    }),
    validated('json', startable),
    async (context) => {
      const { agent } = context.var;
      const { row, is_new } = await startJob(
        context.env,
        databaseOf(context),
        agent.organization_id,
        context.req.valid('json').kind,
        actorOf(agent, ''),
      );
      return context.json({ job: toJob(row) }, is_new ? 201 : 200);
    },
  )
  .post(
    '/:id/cancel',
    permit('jobs.manage'),
    described('Stops a job after its current page. What it did stays.', { 200: answer }),
    validated('param', idParam),
    async (context) => {
      const { agent } = context.var;
      const key = { organization_id: agent.organization_id, ...context.req.valid('param') };
      const row = await cancelJob(databaseOf(context), key, actorOf(agent, ''), new Date());
      if (!row) throw new FoyerError('not_found');
      return context.json({ job: toJob(row) }, 200);
    },
  )
  .post(
    '/:id/resume',
    permit('jobs.manage'),
    described('Resumes a job that failed or was cancelled.', { 200: answer }),
    validated('param', idParam),
    async (context) => {
      const { agent } = context.var;
      const key = { organization_id: agent.organization_id, ...context.req.valid('param') };
      try {
        const row = await resume(context.env, databaseOf(context), key, actorOf(agent, ''));
        if (!row) throw new FoyerError('not_found');
        return context.json({ job: toJob(row) }, 200);
      } catch (error) {
        if (isDuplicate(error)) throw new FoyerError('conflict', { message: OTHER_RUNS });
        throw error;
      }
    },
  );

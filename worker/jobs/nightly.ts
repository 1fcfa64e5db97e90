import { openForRequest } from '../database/database.ts';
import type { Env } from '../env.ts';
import { sweepActivity } from '../features/activity/sweep-store.ts';
import { sweepFiles } from '../features/files/sweep.ts';
import { noteOutcome } from '../features/health/outcomes.ts';
import { uuidv7 } from '../kernel/ids.ts';
import { log, logged } from '../kernel/log/log.ts';
import { sweep } from './store.ts';

/**
 * What the Worker does at the times of `triggers` in wrangler.toml. What fails waits for the next
 * time, and keeps nothing else from being done.
 */
export async function scheduled(_: ScheduledController, env: Env): Promise<void> {
  for (const { job, work } of JOBS) {
    const began = Date.now();
    await logged({ job, request: uuidv7() }, async () => {
      try {
        const count = await work(env);
        log.info('job_done', { count, duration_ms: Date.now() - began, outcome: 'done' });
        await noteOutcome(env, job);
      } catch (error) {
        log.error('job_failed', { duration_ms: Date.now() - began, outcome: 'failed', error });
        await noteOutcome(env, job, { error });
      }
    });
  }
}

/** Each answers how many rows or files it took away. */
const JOBS = [
  { job: 'sweep_rows', work: sweepRows },
  { job: 'sweep_files', work: (env: Env) => sweepFiles(env) },
] as const;

async function sweepRows(env: Env): Promise<number> {
  const opened = openForRequest(env);
  try {
    const now = new Date();
    return (await sweep(opened.database, now)) + (await sweepActivity(opened.database, now));
  } finally {
    await opened.close();
  }
}

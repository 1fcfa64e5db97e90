import type { Actor } from '../../../protocol/conversation/actor.ts';
import type { JobKind } from '../../../protocol/resources/job.ts';
import type { Database } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { beginJob, failJob, type JobKey, type JobRow, resumeJob } from './store.ts';

/** How long work begins, goes on and is found to be lost. What it does is in worker/jobs. */

/** What an instance of the Workflow is told: which job, and which of its runs it is. */
export type JobParams = { organization: string; job: string; run: number };

/** Milliseconds without progress after which a job's instance is asked for. */
const SILENT = 6 * 60_000;

/**
 * Milliseconds without progress after which an instance that says it runs is over, too: a local Worker
 * does not go on with one that it was stopped in. A page takes five minutes and waits 21 at most for its
 * next try (worker/jobs/workflow.ts).
 */
const SILENT_AND_RUNS = 30 * 60_000;

/** States of an instance that does nothing more. */
const OVER = ['complete', 'errored', 'terminated', 'unknown'];

/**
 * Starts a job of the organization; where one of its kind runs, it is that one, which goes on where it
 * was if its instance was lost.
 *
 * @param by who wants it
 * @throws FoyerError unavailable where no Workflow is bound
 */
export async function startJob(
  env: Env,
  db: Database,
  organization: string,
  kind: JobKind,
  by: Actor,
): Promise<{ row: JobRow; is_new: boolean }> {
  const workflow = workflowOf(env);
  const begun = await beginJob(db, organization, kind, by, new Date());
  if (begun.is_new) {
    await createInstance(workflow, begun.row);
    return begun;
  }
  const row = await withLost(env, db, begun.row);
  if (row.state !== 'running') {
    const resumed = await resume(env, db, row, by);
    return resumed ? { row: resumed, is_new: false } : startJob(env, db, organization, kind, by);
  }
  // A request that died after the row has created none.
  await createInstance(workflow, row);
  return { row, is_new: false };
}

/**
 * Resumes a job that failed or was cancelled.
 *
 * @returns null where there is none that did
 * @throws FoyerError unavailable; what `isDuplicate` knows where another one of its kind runs
 */
export async function resume(
  env: Env,
  db: Database,
  key: JobKey,
  by: Actor,
): Promise<JobRow | null> {
  const workflow = workflowOf(env);
  const row = await resumeJob(db, key, by, new Date());
  if (row) await createInstance(workflow, row);
  return row;
}

/**
 * Creates the instance that a job is at. Where it exists, nothing happens, so that this may be called
 * again.
 */
export async function createInstance(
  workflow: Workflow<JobParams>,
  { organization_id, id, runs }: Pick<JobRow, 'organization_id' | 'id' | 'runs'>,
): Promise<void> {
  const name = instanceOf({ id, runs });
  try {
    await workflow.create({
      id: name,
      params: { organization: organization_id, job: id, run: runs },
    });
  } catch (error) {
    if (!(await exists(workflow, name))) throw error;
  }
}

async function exists(workflow: Workflow<JobParams>, name: string): Promise<boolean> {
  try {
    await (await workflow.get(name)).status();
    return true;
  } catch {
    return false;
  }
}

/**
 * The job as it is. One that runs by its row and made no progress for a while may be over: somebody
 * ended it in Cloudflare's dashboard, or stopped the local Worker. Then it failed. Where it is not over
 * after all, it writes nothing more once it goes on in another run.
 */
export async function withLost(env: Env, db: Database, row: JobRow): Promise<JobRow> {
  const now = new Date();
  const silent = now.getTime() - row.updated_at.getTime();
  if (row.state !== 'running' || silent < SILENT) return row;
  if (!env.JOBS || !(await isOver(env.JOBS, instanceOf(row), silent))) return row;
  await failJob(db, row, 'instance_lost', now);
  return { ...row, state: 'failed', error: 'instance_lost', updated_at: now, finished_at: now };
}

async function isOver(
  workflow: Workflow<JobParams>,
  name: string,
  silent: number,
): Promise<boolean> {
  try {
    const { status } = await (await workflow.get(name)).status();
    return OVER.includes(status) || (status === 'running' && silent >= SILENT_AND_RUNS);
  } catch {
    // There is none of that name.
    return true;
  }
}

/** @throws FoyerError unavailable where none is bound */
export function workflowOf({ JOBS }: Env): Workflow<JobParams> {
  if (JOBS) return JOBS;
  throw new FoyerError('unavailable', {
    message: 'This installation has no binding JOBS, so it cannot run jobs.',
  });
}

/** The name of a job's instance: 64 characters at most may be used. */
function instanceOf({ id, runs }: Pick<JobRow, 'id' | 'runs'>): string {
  return `${id}-${runs}`;
}

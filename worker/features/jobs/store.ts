import { and, desc, eq, exists, inArray, lt, ne, type SQL, sql } from 'drizzle-orm';
import type { Actor } from '../../../protocol/conversation/actor.ts';
import type { Job, JobCounts, JobError, JobKind } from '../../../protocol/resources/job.ts';
import { recordActivity } from '../../activity/record-store.ts';
import { tables } from '../../database/configured.ts';
import { type Database, isDuplicate, writeAll } from '../../database/database.ts';
import { uuidv7 } from '../../kernel/ids.ts';

const { jobs, organizations } = tables;

export type JobRow = typeof jobs.$inferSelect;

/** Which job, and whose. */
export type JobKey = { organization_id: string; id: string };

/** Jobs of an organization that are kept: the oldest go when another one begins. */
const KEPT_JOBS = 50;

/** Times that two first requests may collide. */
const TRIES = 3;

/**
 * Writes the row of a new job, unless one of its kind runs: then it is that one.
 *
 * @param by who wants it
 */
export async function beginJob(
  db: Database,
  organization_id: string,
  kind: JobKind,
  by: Actor,
  now: Date,
): Promise<{ row: JobRow; is_new: boolean }> {
  for (let attempt = 1; ; attempt += 1) {
    const running = await findRunning(db, organization_id, kind);
    if (running) return { row: running, is_new: false };
    try {
      const row: JobRow = {
        organization_id,
        id: uuidv7(),
        kind,
        state: 'running',
        ...{ runs: 1, steps: 0, cursor: null, done: 0, total: null, results: {}, failures: {} },
        error: null,
        started_by: by,
        ...{ created_at: now, updated_at: now, finished_at: null },
      };
      const what = { kind: 'job.started', after: { job: kind } } as const;
      await writeAll(db, [
        db.insert(jobs).values(row),
        recordActivity(db, { organization_id, actor: by }, what),
      ]);
      await forgetOld(db, organization_id);
      return { row, is_new: true };
    } catch (error) {
      if (!isDuplicate(error) || attempt === TRIES) throw error;
    }
  }
}

async function findRunning(
  db: Database,
  organizationId: string,
  kind: JobKind,
): Promise<JobRow | null> {
  const [row] = await db
    .select()
    .from(jobs)
    .where(
      and(
        eq(jobs.organization_id, organizationId),
        eq(jobs.kind, kind),
        // Literally, as the index has it.
        sql`state = 'running'`,
      ),
    );
  return row ?? null;
}

async function forgetOld(db: Database, organizationId: string): Promise<void> {
  const [last] = await db
    .select({ id: jobs.id })
    .from(jobs)
    .where(eq(jobs.organization_id, organizationId))
    .orderBy(desc(jobs.id))
    .limit(1)
    .offset(KEPT_JOBS - 1);
  if (!last) return;
  await db
    .delete(jobs)
    .where(
      and(
        eq(jobs.organization_id, organizationId),
        lt(jobs.id, last.id),
        ne(jobs.state, 'running'),
      ),
    );
}

/** The newest first, all that are kept. */
export async function listJobs(db: Database, organizationId: string): Promise<JobRow[]> {
  return db
    .select()
    .from(jobs)
    .where(eq(jobs.organization_id, organizationId))
    .orderBy(desc(jobs.id))
    .limit(KEPT_JOBS);
}

export async function findJob(db: Database, key: JobKey): Promise<JobRow | null> {
  const [row] = await db.select().from(jobs).where(isJob(key));
  return row ?? null;
}

/** What one page brought; `state`: what the job is after it. */
export type Advance = {
  cursor: unknown;
  done: number;
  total: number | null;
  results: JobCounts;
  failures: JobCounts;
  state: 'running' | 'done';
};

/**
 * Writes how far a job is after a page, if it is where the page began: it runs, in this run, after so
 * many steps. So a page that runs twice counts once, and a job that was cancelled stays so.
 */
export async function advanceJob(
  db: Database,
  before: JobRow,
  advance: Advance,
  now: Date,
): Promise<void> {
  await db
    .update(jobs)
    .set({
      ...advance,
      steps: before.steps + 1,
      updated_at: now,
      finished_at: advance.state === 'done' ? now : null,
    })
    .where(and(isRun(before), eq(jobs.steps, before.steps)));
}

/** Ends a run that could not go on. */
export async function failJob(
  db: Database,
  key: JobKey & { runs: number },
  error: JobError,
  now: Date,
): Promise<void> {
  await db
    .update(jobs)
    .set({ state: 'failed', error, updated_at: now, finished_at: now })
    .where(isRun(key));
}

/**
 * Stops a job after the page that it is at; null where it does not run.
 *
 * @param by who wants it
 */
export async function cancelJob(
  db: Database,
  key: JobKey,
  by: Actor,
  now: Date,
): Promise<JobRow | null> {
  const running = and(isJob(key), eq(jobs.state, 'running'));
  const after = { state: 'cancelled', updated_at: now, finished_at: now } as const;
  return changeJob(db, key, by, 'job.cancelled', running, after);
}

/**
 * Lets a job that failed or was cancelled go on where it was, in a new run; null where there is none.
 *
 * @param by who wants it
 * @throws what `isDuplicate` knows where another one of its kind runs
 */
export async function resumeJob(
  db: Database,
  key: JobKey,
  by: Actor,
  now: Date,
): Promise<JobRow | null> {
  const over = and(isJob(key), inArray(jobs.state, ['failed', 'cancelled']));
  const after = { state: 'running', error: null, updated_at: now, finished_at: null } as const;
  const runs = sql`${jobs.runs} + 1`;
  return changeJob(db, key, by, 'job.resumed', over, { ...after, runs });
}

/** Changes a job where the condition holds, and records it; the job after it, or null where not. */
async function changeJob(
  db: Database,
  key: JobKey,
  actor: Actor,
  kind: 'job.cancelled' | 'job.resumed',
  when: SQL | undefined,
  after: Pick<JobRow, 'state'> & Record<string, unknown>,
): Promise<JobRow | null> {
  const [before] = await db.select().from(jobs).where(when);
  if (!before) return null;
  const by = { organization_id: key.organization_id, actor };
  await writeAll(db, [
    recordActivity(
      db,
      by,
      { kind, after: { job: before.kind } },
      exists(db.select().from(jobs).where(when)),
    ),
    db.update(jobs).set(after).where(when),
  ]);
  const row = await findJob(db, key);
  // It may have ended in between.
  return row?.state === after.state ? row : null;
}

/** Gives a job to its next run; nothing where it no longer is this one's. */
export async function handOverJob(
  db: Database,
  key: JobKey & { runs: number },
  now: Date,
): Promise<void> {
  await db
    .update(jobs)
    .set({ runs: key.runs + 1, updated_at: now })
    .where(isRun(key));
}

export function toJob(row: JobRow): Job {
  const { id, kind, state, done, total, results, failures, error, started_by } = row;
  return {
    id,
    kind,
    state,
    done,
    total,
    results,
    failures,
    error,
    started_by,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    finished_at: row.finished_at?.toISOString() ?? null,
  };
}

/** A page of all organizations of the installation, by id. */
export async function listOrganizations(
  db: Database,
  after: string | null,
  limit: number,
): Promise<{ id: string; slug: string }[]> {
  return db
    .select({ id: organizations.id, slug: organizations.slug })
    .from(organizations)
    .where(after === null ? undefined : sql`${organizations.id} > ${after}`)
    .orderBy(organizations.id)
    .limit(limit);
}

/** The id of an organization by its slug. */
export async function findOrganizationBySlug(db: Database, slug: string): Promise<string | null> {
  const [row] = await db
    .select({ id: organizations.id })
    .from(organizations)
    .where(eq(organizations.slug, slug));
  return row?.id ?? null;
}

function isJob({ organization_id, id }: JobKey) {
  return and(eq(jobs.organization_id, organization_id), eq(jobs.id, id));
}

function isRun(key: JobKey & { runs: number }) {
  return and(isJob(key), eq(jobs.runs, key.runs), eq(jobs.state, 'running'));
}

import { WorkflowEntrypoint, type WorkflowEvent, type WorkflowStep } from 'cloudflare:workers';
import { type Opened, openForRequest } from '../database/database.ts';
import type { Env } from '../env.ts';
import { createInstance, type JobParams, workflowOf } from '../features/jobs/start.ts';
import { advanceJob, failJob, findJob, handOverJob, type JobRow } from '../features/jobs/store.ts';
import { uuidv7 } from '../kernel/ids.ts';
import { log, logged } from '../kernel/log/log.ts';
import { JOBS } from './jobs.ts';
import { PAGES_AN_INSTANCE, progressAfter } from './plan.ts';

/** A step's tries: after 10 s, then twice as long each time, in all about 40 minutes. */
const TRIES = {
  retries: { limit: 8, delay: '10 seconds', backoff: 'exponential' },
  timeout: '5 minutes',
} as const;

/** What a page leaves to do. */
type Left = 'more' | 'nothing';

/**
 * Cloudflare Workflows' side of a job: one page is one step, which the platform tries again by itself,
 * and goes on with after a crash. The row is the truth (plan.ts), so that an instance that was lost
 * is followed by another one.
 */
export class JobWorkflow extends WorkflowEntrypoint<Env, JobParams> {
  override async run(event: WorkflowEvent<JobParams>, step: WorkflowStep): Promise<void> {
    const params = event.payload;
    try {
      for (let page = 1; page <= PAGES_AN_INSTANCE; page += 1) {
        const left = await step.do(`page ${page}`, TRIES, ({ attempt }) =>
          this.#page(params, attempt),
        );
        if (left === 'nothing') return;
      }
      await step.do('hand over', TRIES, () => this.#handOver(params));
    } catch {
      await step.do('give up', TRIES, () => this.#giveUp(params));
    }
  }

  /** Takes the next page of the job, wherever that begins now. */
  async #page(params: JobParams, attempt: number): Promise<Left> {
    return this.#work(params, async ({ database: db }, row) => {
      const { kind, organization_id: organization, steps, cursor } = row;
      const job = JOBS[kind];
      const context = { env: this.env, db, organization, attempt };
      const total = steps === 0 ? await job.total(context) : row.total;
      const advance = progressAfter(row, await job.page(context, cursor));
      await advanceJob(db, row, { ...advance, total }, new Date());
      if (advance.state === 'running') return 'more';
      log.info('job_done', {
        count: advance.done,
        failures: Object.values(advance.failures).reduce((sum, count) => sum + count, 0),
        duration_ms: Date.now() - row.created_at.getTime(),
        outcome: 'done',
      });
      return 'nothing';
    });
  }

  /** The most steps of an instance; after them another instance continues. */
  async #handOver(params: JobParams): Promise<Left> {
    const next = { ...params, run: params.run + 1 };
    const left = await this.#work(params, async ({ database: db }, row) => {
      await handOverJob(db, row, new Date());
      return 'more';
    });
    // Tried again after the row it is not this run's any more; the next one finds out by itself.
    await createInstance(workflowOf(this.env), {
      organization_id: next.organization,
      id: next.job,
      runs: next.run,
    });
    return left;
  }

  async #giveUp(params: JobParams): Promise<Left> {
    return this.#work(params, async ({ database: db }, row) => {
      await failJob(db, row, 'gave_up', new Date());
      log.error('job_failed', { outcome: 'given_up' });
      return 'nothing';
    });
  }

  /**
   * Does the work where the job still is this run's. What it fails with goes to our log; the platform
   * keeps what a step throws, and gets no message of a driver's.
   */
  async #work(
    { organization, job, run }: JobParams,
    work: (opened: Opened, row: JobRow) => Promise<Left>,
  ): Promise<Left> {
    return logged({ organization, request: uuidv7() }, async () => {
      const opened = openForRequest(this.env);
      try {
        const row = await findJob(opened.database, { organization_id: organization, id: job });
        if (row?.state !== 'running' || row.runs !== run) return 'nothing';
        return await logged({ organization, request: uuidv7(), job: row.kind }, () =>
          work(opened, row),
        );
      } catch (error) {
        log.warn('job_failed', { outcome: 'retried', error });
        throw new StepFailure();
      } finally {
        await opened.close();
      }
    });
  }
}

class StepFailure extends Error {
  constructor() {
    super('A step of the job failed; the log says how.');
    this.name = 'StepFailure';
  }
}

import type { Env } from './env.ts';
import { sweepFiles } from './files/sweep.ts';
import { openForRequest } from './store/database.ts';
import { sweep } from './store/sweep.ts';

/**
 * What the Worker does at the times of `triggers` in wrangler.toml. What fails waits for the next
 * time, and keeps nothing else from being done.
 */
export async function scheduled(_: ScheduledController, env: Env): Promise<void> {
  for (const job of [sweepRows, sweepFiles]) {
    try {
      await job(env);
    } catch (error) {
      console.error(error);
    }
  }
}

async function sweepRows(env: Env): Promise<void> {
  const opened = openForRequest(env);
  try {
    await sweep(opened.database, new Date());
  } finally {
    await opened.close();
  }
}

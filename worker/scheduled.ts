import type { Env } from './env.ts';
import { type Opened, openForRequest } from './store/database.ts';
import { sweep } from './store/sweep.ts';

/** What the Worker does at the times of `triggers` in wrangler.toml; what fails waits for the next. */
export async function scheduled(_: ScheduledController, env: Env): Promise<void> {
  let opened: Opened | undefined;
  try {
    opened = openForRequest(env);
    await sweep(opened.database, new Date());
  } catch (error) {
    console.error(error);
  } finally {
    await opened?.close();
  }
}

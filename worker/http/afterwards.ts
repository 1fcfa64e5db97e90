import type { Context } from 'hono';
import { reportFailure } from './failures.ts';

/**
 * Work that goes on after the answer. What it fails with goes to the log: left alone, the platform
 * would write it down by itself, message and all.
 */
export function afterwards(
  { executionCtx }: Pick<Context, 'executionCtx'>,
  work: Promise<unknown>,
): void {
  executionCtx.waitUntil(work.catch((error: unknown) => reportFailure(error)));
}

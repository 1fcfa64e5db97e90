import { WorkerEntrypoint } from 'cloudflare:workers';
import { rowsOf } from '../../conversation/projection/batch-store.ts';
import type { Env } from '../../env.ts';
import { organizationObject } from '../address.ts';
import type { RowChange } from './call.ts';
import { databaseFailures } from './failures.ts';
import { writeHandedOver } from './handover.ts';

/**
 * The Worker's own invocation that writes rows for an organization's object (handover.ts). Only this Worker
 * can call it, through `exports` of its objects' state: it has no address.
 */
export class RowWriter extends WorkerEntrypoint<Env> {
  /** Takes rows of one organization, and writes them after it has returned. */
  take(changes: readonly RowChange[]): void {
    this.ctx.waitUntil(this.#write(changes));
  }

  async #write(changes: readonly RowChange[]): Promise<void> {
    const [first] = changes;
    if (!first) return;
    const { classify, setAside, failed, worked } = databaseFailures;
    const result = await writeHandedOver(changes, {
      rows: rowsOf(this.env),
      classify,
      report: setAside,
      now: () => Date.now(),
    });
    if (result?.error === undefined) worked(first);
    else failed(first, result.error);
    if (!result) return;
    try {
      await organizationObject(this.env, first.founding.organization_id).handBack(result.back);
    } catch {
      // The object says so itself; the conversations have the rows (invariant 5).
    }
  }
}

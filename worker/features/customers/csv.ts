import type { WidgetCustomerRecord } from '../../../protocol/resources/customer.ts';
import type { Database } from '../../database/database.ts';
import { csvFile } from '../../http/csv.ts';
import { type CustomerFilter, listCustomers } from './list-store.ts';
import { withSeenTotals } from './seen-totals-store.ts';

const COLUMNS = [
  'id',
  'full_name',
  'email',
  'phone',
  'first_seen_at',
  'last_seen_at',
  'total_conversations',
  'city',
  'country',
  'customer_id',
  'blocked_at',
  'custom_fields',
] as const satisfies readonly (keyof WidgetCustomerRecord)[];

/** Customers that are read at once, and so all that is held in memory. */
const AT_ONCE = 100;

/**
 * The customers as a file of comma-separated values (RFC 4180), read page by page as fast as it is
 * taken: the newest customer first, whatever order the list is shown in.
 *
 * The pages follow the id, which never changes. So each customer who was there when the file was
 * begun is in it exactly once, even one who comes back while it is read slowly. A line says what was
 * true when its page was read; who comes for the first time meanwhile is not in the file.
 *
 * @param db one that stays open as long as the stream: not the request's
 */
export function customersCsv(
  db: Database,
  organizationId: string,
  filter: CustomerFilter,
  atOnce = AT_ONCE,
): ReadableStream<Uint8Array> {
  let cursor: string | undefined;
  let begun = false;
  return csvFile(COLUMNS, async () => {
    if (begun && cursor === undefined) return null;
    begun = true;
    const page = await listCustomers(db, organizationId, {
      ...filter,
      sort: 'first_seen',
      cursor,
      limit: atOnce,
    });
    const { visibility } = filter;
    const items = visibility
      ? await withSeenTotals(db, organizationId, visibility, page.items)
      : page.items;
    cursor = page.next_cursor ?? undefined;
    return items.map((record) => COLUMNS.map((column) => record[column]));
  });
}

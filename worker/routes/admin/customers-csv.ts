import type { WidgetCustomerRecord } from '../../../protocol/resources.ts';
import { type CustomerFilter, listCustomers } from '../../store/customer-list.ts';
import type { Database } from '../../store/database.ts';
import { withSeenTotals } from '../../store/seen-totals.ts';

/** Excel takes a file for UTF-8 only where it begins with this. */
const BOM = '\ufeff';

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
 * taken.
 *
 * @param db one that stays open as long as the stream: not the request's
 */
export function customersCsv(
  db: Database,
  organizationId: string,
  filter: CustomerFilter,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let cursor: string | undefined;
  let begun = false;
  return new ReadableStream(
    {
      async pull(controller) {
        if (!begun) {
          begun = true;
          controller.enqueue(encoder.encode(`${BOM}${COLUMNS.join(',')}\r\n`));
          return;
        }
        const page = await listCustomers(db, organizationId, { ...filter, cursor, limit: AT_ONCE });
        const { sight } = filter;
        const items = sight
          ? await withSeenTotals(db, organizationId, sight, page.items)
          : page.items;
        controller.enqueue(encoder.encode(items.map(toLine).join('')));
        cursor = page.next_cursor ?? undefined;
        if (cursor === undefined) controller.close();
      },
    },
    { highWaterMark: 1 },
  );
}

function toLine(record: WidgetCustomerRecord): string {
  const cells = COLUMNS.map((column) => {
    const value = record[column];
    return cell(typeof value === 'object' && value !== null ? JSON.stringify(value) : value);
  });
  return `${cells.join(',')}\r\n`;
}

/**
 * One value. What a spreadsheet would take for a formula gets an apostrophe in front: visitors write
 * these values, and a formula may send the sheet to whoever wrote it
 * (owasp.org/www-community/attacks/CSV_Injection).
 */
export function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r\n＝＋－＠]/u.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

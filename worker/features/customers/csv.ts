import type { CustomFields, WidgetCustomerRecord } from '../../../protocol/customer.ts';
import type { Database } from '../../database/database.ts';
import { reportFailure } from '../../http/failures.ts';
import { requestFields } from '../../kernel/log.ts';
import { type CustomerFilter, listCustomers } from './list-store.ts';
import { withSeenTotals } from './seen-totals-store.ts';

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
  const encoder = new TextEncoder();
  let cursor: string | undefined;
  let begun = false;
  const whose = requestFields();
  const nextPage = async () => {
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
    return items.map(toLine).join('');
  };
  return new ReadableStream(
    {
      async pull(controller) {
        if (!begun) {
          begun = true;
          controller.enqueue(encoder.encode(`${BOM}${COLUMNS.join(',')}\r\n`));
          return;
        }
        try {
          controller.enqueue(encoder.encode(await nextPage()));
        } catch (error) {
          // The answer has begun: it breaks off, and the platform logs what it is told here.
          reportFailure(error, whose);
          controller.error(new Error('The file breaks off; the log says why.'));
          return;
        }
        if (cursor === undefined) controller.close();
      },
    },
    { highWaterMark: 1 },
  );
}

function toLine(record: WidgetCustomerRecord): string {
  return `${COLUMNS.map((column) => cell(record[column])).join(',')}\r\n`;
}

/**
 * Where a formula may begin: at the start of a value, and behind whatever a spreadsheet may take for
 * the end of a cell or of a line, since its reader chooses the separator. Blanks, invisible
 * characters and quotation marks may stand between.
 */
const FORMULA =
  /(?<=^|[,;|\t\r\n\v\f\u0085\u2028\u2029])(?=[\p{Zs}\p{Cf}"“”„]*[=+\-@\t\r＝＋－＠−])/gu;

/** The text with an apostrophe before each place where it would begin a formula. */
function harmless(text: string): string {
  return text.replace(FORMULA, "'");
}

/**
 * One value, quoted where it must be; custom fields as JSON. No part of it begins a formula, whatever
 * separator it is read with: visitors write these values and the names of custom fields, and a
 * formula may send the sheet to whoever wrote it (owasp.org/www-community/attacks/CSV_Injection).
 */
export function cell(value: string | number | CustomFields | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(harmlessFields(value));
  const safe = harmless(text);
  return /[",;|\t\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Before they become JSON, which the apostrophes must leave valid. */
function harmlessFields(fields: CustomFields): CustomFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [harmless(name), harmless(value)]),
  );
}

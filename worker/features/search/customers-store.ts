import { and, desc, eq, getTableColumns, inArray } from 'drizzle-orm';
import { markAll, type Phrase } from '../../../drizzle/search/query.ts';
import { anyOf, phoneQuery, queryTerms } from '../../../drizzle/search/terms.ts';
import type { Visibility } from '../../../protocol/conversation/visibility.ts';
import type { SearchHit } from '../../../protocol/resources/search.ts';
import { databaseKind, tables } from '../../database/configured.ts';
import type { Database } from '../../database/database.ts';
import { phoneFinder, rowsOf } from '../../database/row-search.ts';
import { isVisible } from '../conversations/store/visible.ts';
import { isSeen } from '../customers/list-store.ts';
import { withSeenTotals } from '../customers/seen-totals-store.ts';
import { toRecord, type WidgetCustomerRow } from '../customers/store.ts';
import { documentsWith } from './documents-store.ts';
import { finderOf, hasAll } from './finder.ts';

const { widgetCustomers } = tables;

/** Customers that are shown above the messages. */
const CUSTOMERS = 5;
/** The newest customers, who are looked through as they are. */
const NEWEST = 500;

type CustomerHit = Extract<SearchHit, { kind: 'customer' }>;

/** Of a customer, what a search compares. */
const compared = {
  id: widgetCustomers.id,
  full_name: widgetCustomers.full_name,
  email: widgetCustomers.email,
  phone: widgetCustomers.phone,
  last_seen_at: widgetCustomers.last_seen_at,
};

/** Customers who fit: those of the documents that name them, and the newest, who may have none yet. */
export async function findCustomers(
  db: Database,
  organizationId: string,
  q: string,
  phrases: readonly Phrase[],
  visibility: Visibility,
): Promise<CustomerHit[]> {
  const within = isVisible(db, organizationId, visibility);
  const looked = db
    .select(getTableColumns(widgetCustomers))
    .from(widgetCustomers)
    .where(eq(widgetCustomers.organization_id, organizationId))
    .orderBy(desc(widgetCustomers.last_seen_at), desc(widgetCustomers.id))
    .limit(NEWEST)
    .as('widget_customers');
  // Only the columns that are compared: turning 500 whole rows into objects would take most of the time.
  const newest = await db
    .select(compared)
    .from(looked)
    .where(isSeen(db, organizationId, visibility));
  const names = queryTerms(databaseKind, organizationId, ['customer'], phrases);
  const number = phoneQuery(databaseKind, organizationId, q);
  const query = number === null ? names : anyOf(databaseKind, [`(${names})`, number]);
  const byDocument = await documentsWith(db, organizationId, query, null, within);
  const isCalled = phoneFinder(q);
  const { mayFit } = finderOf(phrases);
  const all = new Map<string, Pick<WidgetCustomerRow, keyof typeof compared>>();
  for (const row of [...newest, ...byDocument.rows.map(({ customer }) => customer)]) {
    if (row) all.set(row.id, row);
  }
  const fitting: { row: Pick<WidgetCustomerRow, keyof typeof compared>; isNumber: boolean }[] = [];
  for (const row of all.values()) {
    const { full_name, email, phone } = row;
    const whole = [full_name, email, phone].filter((part) => part !== null).join('\n');
    const isNumber = phone !== null && isCalled(phone);
    if (isNumber || (mayFit(whole) && hasAll(whole, phrases))) fitting.push({ row, isNumber });
  }
  const best = fitting
    .sort((a, b) => b.row.last_seen_at.getTime() - a.row.last_seen_at.getTime())
    .slice(0, CUSTOMERS);
  const read = (ids: string[]) =>
    db
      .select()
      .from(widgetCustomers)
      .where(and(eq(widgetCustomers.organization_id, organizationId), inArray(compared.id, ids)));
  const ids = best.map(({ row }) => row.id);
  const numbers = new Set(best.flatMap(({ row, isNumber }) => (isNumber ? row.id : [])));
  const rows = await rowsOf(ids, read, (row) => row.id);
  const hits = rows.map((row): CustomerHit => {
    const { id, full_name, email, phone } = row;
    const withMarks = (text: string | null) => markAll(text ?? '', phrases);
    const marks = {
      full_name: withMarks(full_name),
      email: withMarks(email),
      phone: withMarks(phone),
    };
    // Where the digits are grouped in another way, the number is marked as a whole.
    if (phone && numbers.has(id) && marks.phone.length === 0) marks.phone = [[0, phone.length]];
    return { kind: 'customer', customer: toRecord(row), marks };
  });
  const customers = hits.map(({ customer }) => customer);
  const withTotals = await withSeenTotals(db, organizationId, visibility, customers);
  return hits.map((hit, index) => ({ ...hit, customer: withTotals[index] ?? hit.customer }));
}

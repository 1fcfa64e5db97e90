import { and, desc, eq, exists } from 'drizzle-orm';
import { storable } from '../../../drizzle/storable.ts';
import { MAX_NOTES_EACH } from '../../../protocol/limits.ts';
import type { CustomerNote } from '../../../protocol/resources/customer.ts';
import { recordActivity } from '../../activity/record-store.ts';
import type { By } from '../../activity/row.ts';
import { tables } from '../../database/configured.ts';
import { type Database, writeAll } from '../../database/database.ts';
import { uuidv7 } from '../../kernel/ids.ts';

const { customerNotes, users } = tables;

/** What agents write down about a customer, for each other; no visitor ever sees it. */

type Row = typeof customerNotes.$inferSelect;

/** A customer's notes, newest first. */
export async function listNotes(
  db: Database,
  organizationId: string,
  customerId: string,
): Promise<CustomerNote[]> {
  const rows = await db
    .select({ note: customerNotes, name: users.name })
    .from(customerNotes)
    // Its author may have another name by now.
    .leftJoin(users, eq(users.id, customerNotes.author_id))
    .where(ofCustomer(organizationId, customerId))
    .orderBy(desc(customerNotes.id))
    .limit(MAX_NOTES_EACH);
  return rows.map(({ note, name }) => toNote({ ...note, author_name: name ?? note.author_name }));
}

/** Adds a note. The customer must be there. */
export async function createNote(
  db: Database,
  organizationId: string,
  customerId: string,
  { author, body }: { author: { id: string; name: string }; body: string },
): Promise<CustomerNote> {
  const row: Row = {
    organization_id: organizationId,
    widget_customer_id: customerId,
    id: uuidv7(),
    author_id: author.id,
    author_name: author.name,
    body: storable(body),
    created_at: new Date(),
  };
  await db.insert(customerNotes).values(row);
  return toNote(row);
}

/** Removes a note, if it is the author's (null: whoever's); whether there was one. */
export async function removeNote(
  db: Database,
  organizationId: string,
  customerId: string,
  noteId: string,
  authorId: string | null,
  by: By,
): Promise<boolean> {
  const it = and(
    ofCustomer(organizationId, customerId),
    eq(customerNotes.id, noteId),
    authorId === null ? undefined : eq(customerNotes.author_id, authorId),
  );
  const find = db.select({ id: customerNotes.id }).from(customerNotes).where(it);
  if ((await find).length === 0) return false;
  const what = { kind: 'customer.note_removed', subject: { id: customerId } } as const;
  await writeAll(db, [
    recordActivity(db, by, what, exists(find)),
    db.delete(customerNotes).where(it),
  ]);
  return true;
}

function toNote({ id, author_id, author_name, body, created_at }: Row): CustomerNote {
  const author = { id: author_id, name: author_name };
  return { id, author, body, created_at: created_at.toISOString() };
}

function ofCustomer(organizationId: string, customerId: string) {
  return and(
    eq(customerNotes.organization_id, organizationId),
    eq(customerNotes.widget_customer_id, customerId),
  );
}

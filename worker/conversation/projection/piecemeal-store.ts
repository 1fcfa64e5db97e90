import { and, lte } from 'drizzle-orm';
import { tables } from '../../database/configured.ts';
import { type Database, isConstraint, type Write, writeAll } from '../../database/database.ts';
import { isConversation } from '../../features/conversations/store/rows.ts';
import { log } from '../../kernel/log/log.ts';
import type { LogFields } from '../../kernel/log/log-fields.ts';
import type { Columns } from './columns.ts';

const { conversations } = tables;

/**
 * What a conversation's row is written by where the database refused it as a whole (P7): in halves, so
 * that only the value stays out that it cannot hold. Rare, and so not cheap.
 */

type Key = { organization_id: string; id: string };

/** These are right together only. */
const TOGETHER = ['status', 'shelf', 'closed_at'];

/** @param columns null where the row is right already */
export async function writePiecemeal(
  db: Database,
  key: Key,
  columns: Columns | null,
  version: number,
  beside: Write[],
): Promise<void> {
  if (columns) {
    const entries = Object.entries(columns).filter(([name]) => name !== 'version');
    const isTogether = ([name]: [string, unknown]) => TOGETHER.includes(name);
    const parts = [
      entries.filter(isTogether),
      ...entries.filter((entry) => !isTogether(entry)).map((entry) => [entry]),
    ];
    await writeParts(db, key, parts, version);
  }
  for (const write of beside) {
    await unlessRefused(key, {}, () => writeAll(db, [write]));
  }
}

type Part = [string, unknown][];

async function writeParts(db: Database, key: Key, parts: Part[], version: number): Promise<void> {
  const [first, ...others] = parts;
  if (!first) return;
  const write = () =>
    db
      .update(conversations)
      .set({ ...Object.fromEntries(parts.flat()), version })
      .where(and(isConversation(key.organization_id, key.id), lte(conversations.version, version)));
  if (others.length === 0) {
    await unlessRefused(key, { column: first[0]?.[0] }, write);
    return;
  }
  try {
    await write();
  } catch (error) {
    if (!isConstraint(error)) throw error;
    const middle = Math.ceil(parts.length / 2);
    await writeParts(db, key, parts.slice(0, middle), version);
    await writeParts(db, key, parts.slice(middle), version);
  }
}

/** Does it; what the database refuses is set aside. */
async function unlessRefused(
  key: Key,
  fields: LogFields,
  work: () => PromiseLike<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isConstraint(error)) throw error;
    reportSetAside(key, { ...fields, reason: 'refused_by_database', error });
  }
}

/** Tells the log what of a conversation the lists will not show. */
export function reportSetAside(
  { organization_id, id }: Key,
  fields: LogFields & { error?: unknown },
): void {
  log.error('projection_set_aside', {
    organization: organization_id,
    conversation: id,
    outcome: 'set_aside',
    ...fields,
  });
}

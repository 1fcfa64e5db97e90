import { and, type Column, eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import { toColumns } from '../../../drizzle/conversation-columns.ts';
import { databaseKind, tables } from '../../database/configured.ts';
import { type Database, openForRequest, writeAll } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { isConversation } from '../../features/conversations/store/rows.ts';
import type { RowChange } from '../../organization/commit/call.ts';
import type { Rows } from '../../organization/commit/rows.ts';
import { sortingWrites } from './sorting-store.ts';
import { difference, project, wholeUpdate } from './store.ts';

const { conversations } = tables;

/**
 * Rows of several conversations of one organization at once (P7), on the configured database. It opens the
 * database for each batch, and leaves nothing open.
 */
export function rowsOf(env: Env): Rows {
  const during = async <Value>(work: (db: Database) => Promise<Value>): Promise<Value> => {
    const { database, close } = openForRequest(env);
    try {
      return await work(database);
    } finally {
      await close();
    }
  };
  return {
    update: (changes) =>
      during((db) =>
        databaseKind === 'postgres' ? updateSets(db, changes) : updateEach(db, changes),
      ),
    versions: (changes) => during((db) => versionsOf(db, changes)),
    statementsOf: ({ state }) => WHOLE_STATEMENTS + state.mentions.length,
    replace: (changes) => during((db) => replace(db, changes)),
    alone: ({ founding, state, guess }) => during((db) => project(db, founding, state, guess)),
  };
}

/** The row, its labels and mentions that go, its labels that come; each mention is one more. */
const WHOLE_STATEMENTS = 4;

/** On D1: a statement for each row, in one batch. */
async function updateEach(db: Database, changes: readonly RowChange[]): Promise<Set<string>> {
  const [first, ...rest] = changes.map(({ founding, state, guess }) =>
    db
      .update(conversations)
      .set(difference(toColumns(guess), toColumns(state)))
      .where(
        and(
          isConversation(founding.organization_id, founding.id),
          eq(conversations.version, guess.version),
        ),
      )
      .returning({ id: conversations.id }),
  );
  if (!first) return new Set();
  const answers = await db.batch([first, ...rest]);
  return new Set(answers.flat().map(({ id }) => id));
}

/**
 * On Postgres: a statement for each set of changed columns, so that no column is named that did not
 * change and updates stay HOT; rows in the order of their ids, so that two writers lock alike. One that
 * fails leaves the others, which the versions allow.
 */
async function updateSets(db: Database, changes: readonly RowChange[]): Promise<Set<string>> {
  const sets = new Map<string, { names: string[]; rows: Record<string, unknown>[] }>();
  const organizations = new Set(changes.map(({ founding }) => founding.organization_id));
  const [organization] = organizations;
  if (organization === undefined) return new Set();
  const columns = new Map<string, Column>(Object.entries(columnsOf()));
  for (const { founding, state, guess } of changes) {
    const values = Object.entries(difference(toColumns(guess), toColumns(state))).filter(([name]) =>
      columns.has(name),
    );
    const names = values.map(([name]) => name).sort();
    const set = sets.get(names.join()) ?? { names, rows: [] };
    sets.set(names.join(), set);
    set.rows.push({
      ...Object.fromEntries(
        values.map(([name, value]) => [name, jsonOf(columns.get(name), value)]),
      ),
      // Names that no column has.
      'row.id': founding.id,
      'row.was': guess.version,
    });
  }
  const hit = new Set<string>();
  for (const { names, rows } of sets.values()) {
    const shape = sql.join(
      [
        sql`"row.id" uuid`,
        sql`"row.was" bigint`,
        ...names.map((name) => sql`${sql.identifier(name)} ${sql.raw(typeOf(columns, name))}`),
      ],
      sql`, `,
    );
    const next = sql`(SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS given(${shape}) ORDER BY "row.id") AS next`;
    const answer = await db
      .update(conversations)
      .set(Object.fromEntries(names.map((name) => [name, sql`next.${sql.identifier(name)}`])))
      .from(next)
      .where(
        and(
          eq(conversations.organization_id, organization),
          sql`${conversations.id} = next."row.id"`,
          sql`${conversations.version} = next."row.was"`,
        ),
      )
      .returning({ id: conversations.id });
    for (const { id } of answer) hit.add(id);
  }
  return hit;
}

function columnsOf(): Record<string, Column> {
  const { organization_id: _, id: __, ...columns } = getTableColumns(conversations);
  return columns;
}

function typeOf(columns: ReadonlyMap<string, Column>, name: string): string {
  const column = columns.get(name);
  if (!column) throw new TypeError(`There is no column ${name}.`);
  return column.getSQLType();
}

/** A value as the column would write it, within JSON. */
function jsonOf(column: Column | undefined, value: unknown): unknown {
  if (value === null || value === undefined || !column) return null;
  const written = column.mapToDriverValue(value);
  return column.getSQLType() === 'jsonb' ? JSON.parse(String(written)) : written;
}

async function versionsOf(
  db: Database,
  changes: readonly RowChange[],
): Promise<Map<string, number>> {
  const [first] = changes;
  if (!first) return new Map();
  const rows = await db
    .select({ id: conversations.id, version: conversations.version })
    .from(conversations)
    .where(
      and(
        eq(conversations.organization_id, first.founding.organization_id),
        inArray(
          conversations.id,
          changes.map(({ founding }) => founding.id),
        ),
      ),
    );
  return new Map(rows.map(({ id, version }) => [id, version]));
}

/** A row that is newer or has this version already is left as it is; what belongs beside it follows the version. */
async function replace(db: Database, changes: readonly RowChange[]): Promise<void> {
  const [first, ...rest] = [...changes]
    .sort((a, b) => (a.founding.id < b.founding.id ? -1 : 1))
    .flatMap(({ founding, state }) => [
      wholeUpdate(db, founding, state),
      ...sortingWrites(db, founding, state),
    ]);
  if (first) await writeAll(db, [first, ...rest]);
}

/**
 * The log's table, and how it came to be what it is. Objects that sleep have the table of the version
 * that they last met, so every step stays here as it was: a test holds their hashes.
 *
 * Going back must work (docs/upgrading.md): a step adds columns that may be empty, and statements name
 * the columns that they write. Row 0 says which `schema` the table has, and in `works_from` the oldest
 * schema whose code may use it; where that is absent, it is the schema itself.
 */

/** The number of steps. */
export const SCHEMA = 2;

/** The step that leads to each schema, from 1 on. */
export const STEPS: readonly string[] = [
  `CREATE TABLE messages (
     seq INTEGER PRIMARY KEY,
     id TEXT NOT NULL,
     kind TEXT NOT NULL,
     sender TEXT NOT NULL,
     body TEXT NOT NULL,
     event TEXT,
     sent_at TEXT NOT NULL,
     public INTEGER NOT NULL,
     state TEXT NOT NULL
   ) STRICT`,
  // What else a message has, as JSON.
  'ALTER TABLE messages ADD COLUMN details TEXT',
];

/** The table as all steps make it, in one statement. */
export const CREATE = `CREATE TABLE messages (
     seq INTEGER PRIMARY KEY,
     id TEXT NOT NULL,
     kind TEXT NOT NULL,
     sender TEXT NOT NULL,
     body TEXT NOT NULL,
     event TEXT,
     sent_at TEXT NOT NULL,
     public INTEGER NOT NULL,
     state TEXT NOT NULL,
     details TEXT
   ) STRICT`;

/** The columns that an entry is written to, in the order of its values. */
export const COLUMNS = 'seq, id, kind, sender, body, event, sent_at, public, state, details';

/** What row 0 says of the table. */
export type TableMark = { schema: number; works_from?: number | undefined };

/** Whether this version may use a table. */
export function canUse({ schema, works_from = schema }: TableMark): boolean {
  return works_from <= SCHEMA;
}

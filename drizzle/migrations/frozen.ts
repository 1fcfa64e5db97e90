import frozen from './frozen.json' with { type: 'json' };

/**
 * The migrations of this version by name and hash. A migration is frozen once it is in frozen.json:
 * installations have applied it, and a changed text would leave them with other tables than the code
 * expects. `node drizzle/migrations/freeze.ts` appends a new one; a test compares the files with the list.
 */

export type Kind = 'sqlite' | 'postgres';

export const FROZEN: Record<Kind, { name: string; hash: string }[]> = frozen;

/** A migration that a database has; `hash` is null where only its name was recorded. */
export type Applied = { name: string; hash: string | null };

export type MigrationState = {
  /** Migrations of this version that the database lacks. */
  missing: string[];
  /** Migrations whose text was another one when they were applied. */
  edited: string[];
  /** Migrations of the database that this version does not have: a later version applied them. */
  newer: string[];
  /** Migrations of which the database knows the name alone, so that an edit would not be noticed. */
  unrecorded: string[];
};

/** Compares what a database has with what this version brings, which is `brought`. */
export function compareMigrations(
  brought: readonly { name: string; hash: string }[],
  applied: readonly Applied[],
): MigrationState {
  const present = new Map(applied.map(({ name, hash }) => [name, hash]));
  const broughtNames = new Set(brought.map(({ name }) => name));
  const state: MigrationState = { missing: [], edited: [], newer: [], unrecorded: [] };
  for (const { name, hash } of brought) {
    const appliedHash = present.get(name);
    if (appliedHash === undefined) state.missing.push(name);
    else if (appliedHash === null) state.unrecorded.push(name);
    else if (appliedHash !== hash) state.edited.push(name);
  }
  for (const { name } of applied) if (!broughtNames.has(name)) state.newer.push(name);
  return state;
}

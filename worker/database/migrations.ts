import { compareMigrations, FROZEN, type MigrationState } from '../../drizzle/migrations/frozen.ts';
import { databaseKind, tables } from './configured.ts';
import { type Database, isBehind } from './database.ts';

const { migrationRecords, wranglerMigrations } = tables;

/**
 * Compares the migrations that the database has with those of this version. Two queries on D1, one on
 * Postgres.
 *
 * @throws what the database throws; a database without any record of migrations has none
 */
export async function readMigrationState(db: Database): Promise<MigrationState> {
  const recorded = await ifPresent(
    db
      .select({ name: migrationRecords.name, hash: migrationRecords.hash })
      .from(migrationRecords)
      .orderBy(migrationRecords.name),
  );
  if (databaseKind === 'postgres') return compareMigrations(FROZEN.postgres, recorded);
  // wrangler applies them, and says which; the hashes are ours, and may have been left out.
  const hashes = new Map(recorded.map(({ name, hash }) => [name, hash]));
  const applied = await ifPresent(
    db
      .select({ name: wranglerMigrations.name })
      .from(wranglerMigrations)
      .orderBy(wranglerMigrations.name),
  );
  return compareMigrations(
    FROZEN.sqlite,
    applied.map(({ name }) => ({ name, hash: hashes.get(name) ?? null })),
  );
}

/** The rows, or none where the table is not there. */
async function ifPresent<Row>(query: PromiseLike<Row[]>): Promise<Row[]> {
  try {
    return await query;
  } catch (error) {
    if (isBehind(error)) return [];
    throw error;
  }
}

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrationFiles } from './migration-files.ts';

/**
 * `npm run db:generate -- --name what_changes`: writes what the tables have and the migrations lack as
 * a migration for each database, and freezes both (freeze.ts). Look at them before you commit: they
 * must only add.
 */

const root = join(import.meta.dirname, '../..');
const kit = join(root, 'node_modules', 'drizzle-kit', 'bin.cjs');

const before = new Set(migrationFiles('sqlite').map(({ name }) => name));
for (const database of ['sqlite', 'postgres']) {
  const config = join('drizzle', `${database}.config.ts`);
  const args = [kit, 'generate', '--config', config, ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
for (const { name, text } of migrationFiles('sqlite')) {
  if (!before.has(name)) writeFileSync(join(root, 'drizzle', 'sqlite', name), withoutRowid(text));
}
await import('./freeze.ts');

/** Its tables as Foyer has them on SQLite (tables/index.ts), for which drizzle has no word. */
function withoutRowid(migration: string): string {
  return migration.replace(/^(CREATE TABLE [^;]*\n\));/gm, '$1 STRICT, WITHOUT ROWID;');
}

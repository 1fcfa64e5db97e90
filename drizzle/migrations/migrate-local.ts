import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hasLocalFile, localFile } from '../sqlite-file.ts';
import { checkD1, recordD1 } from './d1-migrations.ts';
import { MigrationProblem } from './migration-problem.ts';

/**
 * `node drizzle/migrations/migrate-local.ts --persist-to folder`: brings the local D1 in a folder of `wrangler dev`
 * up to date, which nothing else may have open. Ends with 1 and a sentence where that must not be.
 */

const root = join(import.meta.dirname, '../..');
const wrangler = join(root, 'node_modules', 'wrangler', 'bin', 'wrangler.js');

const { values } = parseArgs({ options: { 'persist-to': { type: 'string' } } });
const folder = values['persist-to'];
if (folder === undefined) {
  console.error('Name the data folder: --persist-to folder');
  process.exitCode = 1;
} else {
  try {
    await bringUpToDate(folder);
  } catch (error) {
    if (!(error instanceof MigrationProblem)) throw error;
    console.error(
      `${error.message}\nThis is local data, in ${folder}. To start with new demo data, use another folder: ` +
        'FOYER_DATA=another-folder npm start',
    );
    process.exitCode = 1;
  }
}

async function bringUpToDate(folder: string): Promise<void> {
  if (hasLocalFile(folder)) await withFile(folder, checkD1);
  const args = ['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', folder];
  const { status } = spawnSync(process.execPath, [wrangler, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) {
    process.exitCode = 1;
    return;
  }
  await withFile(folder, recordD1);
}

async function withFile(
  folder: string,
  work: (ask: (sql: string) => Promise<Record<string, unknown>[]>) => Promise<unknown>,
): Promise<void> {
  const database = localFile(folder, { readOnly: false });
  try {
    await work(async (sql) => {
      if (sql.startsWith('SELECT')) return database.prepare(sql).all();
      database.exec(sql);
      return [];
    });
  } finally {
    database.close();
  }
}

import { join, resolve } from 'node:path';
import { drizzle } from 'drizzle-orm/d1';
import { copy, type Progress } from '../../drizzle/copy/copy.ts';
import { type Database, sqliteTables } from '../../drizzle/dialects.ts';
import { withRemoteD1 } from '../../drizzle/local.ts';
import { migrate } from '../../drizzle/migrations/migrate.ts';
import { localFile, openSqlite } from '../../drizzle/sqlite-file.ts';
import { readCommandLine } from '../command-line/command-line.ts';

/** `npm run db:copy`: see `help`. */

const help = `DATABASE_URL=postgres://… npm run db:copy -- --from d1 --to postgres

Copies an installation's database. If it is interrupted, run it again: it continues where it stopped.

  --remote       the installation's D1 on Cloudflare, read as wrangler is signed in
                 (when left out: the local D1, in FOYER_DATA or .foyer)
  --config FILE  the installation's settings (foyer.config.json)
  --again        empties the Postgres first
`;

/** Characters of the progress bar. */
const BAR = 30;

const root = join(import.meta.dirname, '../..');

const { values } = readCommandLine(
  {
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      remote: { type: 'boolean', default: false },
      again: { type: 'boolean', default: false },
      config: { type: 'string', default: 'foyer.config.json' },
    },
  },
  help,
);
const to = process.env.DATABASE_URL;
if (values.from !== 'd1' || values.to !== 'postgres' || !to) {
  console.error(help);
  process.exitCode = 1;
} else {
  try {
    await migrate(to);
    const counts = await copyTo(to);
    const rows = Object.values(counts).reduce((sum, number) => sum + number, 0);
    console.log(`Copied and compared: ${rows} rows in ${Object.keys(counts).length} tables.`);
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}

async function copyTo(url: string): Promise<Record<string, number>> {
  if (values.remote) {
    return withRemoteD1(join(root, values.config), (d1) =>
      copyFrom(drizzle(d1, { schema: sqliteTables }), url),
    );
  }
  const source = localFile(resolve(process.env.FOYER_DATA || join(root, '.foyer')));
  try {
    return await copyFrom(openSqlite(source), url);
  } finally {
    source.close();
  }
}

function copyFrom(from: Database, to: string): Promise<Record<string, number>> {
  return copy({ from, to, again: values.again, progress: show });
}

/** A bar a table, drawn over itself on a terminal; elsewhere a line when a table is done. */
function show({ table, done, total }: Progress): void {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.round(share * BAR);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}`;
  const line = `${table.padEnd(20)} ${bar} ${Math.floor(share * 100)} %  ${done} of ${total}`;
  if (process.stderr.isTTY) process.stderr.write(`\r${line}${share === 1 ? '\n' : ''}`);
  else if (share === 1) console.error(line);
}

import { z } from 'zod';
import { checkD1, recordD1 } from '../../../drizzle/migrations/d1-migrations.ts';
import { MigrationProblem } from '../../../drizzle/migrations/migration-problem.ts';
import { Explained } from '../../install.mjs';
import type { Deployment, Step } from '../deployment.ts';
import { jsonOf, refused } from '../wrangler.ts';
import { postgresUrl } from './hyperdrive.ts';

const tables = z.array(z.object({ results: z.array(z.object({ name: z.string() })) })).min(1);

const TABLES = String.raw`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\_%' ESCAPE '\' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`;

const rows = z.array(z.object({ results: z.array(z.object({ found: z.number() })) })).min(1);

const SET_UP = 'SELECT EXISTS (SELECT 1 FROM organizations) AS found';

/**
 * Brings the database up to date, before the new version is published: migrations only ever add, so
 * that the version that runs meanwhile goes on working, and the new one never meets an old database.
 */
export const migrations: Step = {
  name: 'Migrations',
  plan: (deployment) => {
    if (deployment.pause) return ['None: the Worker gets no database.'];
    return [
      deployment.keepDatabase
        ? 'None: --keep-database.'
        : deployment.onPostgres
          ? 'Applies the files of drizzle/postgres that the Postgres of DATABASE_URL lacks.'
          : `Compares the D1 with drizzle/sqlite: wrangler ${askCommand(deployment, '…').join(' ')}`,
      ...(deployment.keepDatabase || deployment.onPostgres
        ? []
        : [
            `Applies the files that it lacks, and records their hashes: wrangler ${applyCommand(deployment).join(' ')}`,
          ]),
      deployment.onPostgres
        ? 'Asks the Postgres whether Foyer has been set up.'
        : `Asks whether Foyer has been set up: wrangler ${askCommand(deployment, SET_UP).join(' ')}`,
    ];
  },
  async run(deployment) {
    if (deployment.pause) return 'None: the Worker gets no database.';
    const done = deployment.keepDatabase ? 'None: --keep-database.' : await apply(deployment);
    deployment.isSetUp = await isSetUp(deployment);
    if (!deployment.isSetUp) assertNotLeftBehind(deployment);
    return done;
  },
};

/** An empty database is a mistake where the installation has run on the other kind. */
function assertNotLeftBehind({ onPostgres, given, settingsFile }: Deployment): void {
  const other = onPostgres ? given.d1 : given.hyperdrive;
  if (given.address === undefined || other?.id === undefined) return;
  const [now, before, key] = onPostgres
    ? ['Postgres', 'd1', 'd1']
    : ['D1', 'postgres', 'hyperdrive'];
  throw new Explained(
    `The ${now} is empty, but this installation has run on another database (${other.name}). ` +
      (onPostgres ? 'Copy that first: docs/deploy.md, "Moving from D1 to Postgres". ' : '') +
      `To stay with it: npm run deploy -- --database ${before}. ` +
      `To start with an empty one, remove "${key}" from ${settingsFile}.`,
  );
}

async function apply(deployment: Deployment): Promise<string> {
  const applied = deployment.onPostgres
    ? await deployment.world.postgres.migrate(postgresUrl(deployment).href)
    : await applyToD1(deployment);
  return applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The database is up to date.';
}

async function applyToD1(deployment: Deployment): Promise<string[]> {
  if (deployment.settings.address === undefined) await assertOurs(deployment);
  const ask = (sql: string) => askD1(deployment, sql);
  try {
    await checkD1(ask, deployment.world.d1Migrations());
  } catch (error) {
    throw error instanceof MigrationProblem ? new Explained(error.message) : error;
  }
  const command = applyCommand(deployment);
  const answer = await deployment.wrangler(command);
  if (!answer.ok) throw refused(answer, command.join(' '));
  await recordD1(ask, deployment.world.d1Migrations());
  if (answer.stdout.includes('No migrations to apply')) return [];
  return [...new Set(answer.stdout.match(/\b\d{4}_\w+\.sql\b/g))];
}

const answers = z.array(z.object({ results: z.array(z.record(z.string(), z.unknown())) })).min(1);

/** Runs SQL on the D1; answers the last statement's rows. */
async function askD1(deployment: Deployment, sql: string): Promise<Record<string, unknown>[]> {
  const command = askCommand(deployment, sql);
  const name = command.slice(0, -1).join(' ');
  return jsonOf(await deployment.wrangler(command), answers, name).at(-1)?.results ?? [];
}

/** A D1 that was found by its name may be another program's. */
async function assertOurs(deployment: Deployment): Promise<void> {
  const command = askCommand(deployment, TABLES);
  const [answer] = jsonOf(await deployment.wrangler(command), tables, command.join(' '));
  const names = (answer?.results ?? []).map(({ name }) => name);
  if (names.every((name) => name === 'd1_migrations') || names.includes('organizations')) return;
  throw new Explained(
    `The D1 ${deployment.settings.d1.name} has the tables of another program (${names.slice(0, 5).join(', ')}). ` +
      `Choose another name for Foyer's, in ${deployment.settingsFile}: {"d1": {"name": "foyer-chat"}}`,
  );
}

async function isSetUp(deployment: Deployment): Promise<boolean> {
  if (deployment.onPostgres) {
    return deployment.world.postgres.hasOrganization(postgresUrl(deployment).href);
  }
  const command = askCommand(deployment, SET_UP);
  const [answer] = jsonOf(await deployment.wrangler(command), rows, command.join(' '));
  return answer?.results[0]?.found === 1;
}

function applyCommand({ configFile }: Deployment): string[] {
  return ['d1', 'migrations', 'apply', 'DB', '--remote', '--config', configFile];
}

function askCommand({ configFile }: Deployment, query: string): string[] {
  return ['d1', 'execute', 'DB', '--remote', '--config', configFile, '--json', '--command', query];
}

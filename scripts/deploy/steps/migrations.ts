import { z } from 'zod';
import type { Deployment, Step } from '../deployment.ts';
import { jsonOf, refused } from '../wrangler.ts';
import { postgresUrl } from './hyperdrive.ts';

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
          : `Applies the files of drizzle/sqlite that the D1 lacks: wrangler ${applyCommand(deployment).join(' ')}`,
      deployment.onPostgres
        ? 'Asks the Postgres whether Foyer has been set up.'
        : `Asks whether Foyer has been set up: wrangler ${askCommand(deployment).join(' ')}`,
    ];
  },
  async run(deployment) {
    if (deployment.pause) return 'None: the Worker gets no database.';
    const done = deployment.keepDatabase ? 'None: --keep-database.' : await apply(deployment);
    deployment.isSetUp = await isSetUp(deployment);
    return done;
  },
};

async function apply(deployment: Deployment): Promise<string> {
  const applied = deployment.onPostgres
    ? await deployment.world.postgres.migrate(postgresUrl(deployment).href)
    : await applyToD1(deployment);
  return applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The database is up to date.';
}

async function applyToD1(deployment: Deployment): Promise<string[]> {
  const command = applyCommand(deployment);
  const answer = await deployment.wrangler(command);
  if (!answer.ok) throw refused(answer, command.join(' '));
  if (answer.stdout.includes('No migrations to apply')) return [];
  return [...new Set(answer.stdout.match(/\b\d{4}_\w+\.sql\b/g))];
}

async function isSetUp(deployment: Deployment): Promise<boolean> {
  if (deployment.onPostgres) {
    return deployment.world.postgres.hasOrganization(postgresUrl(deployment).href);
  }
  const command = askCommand(deployment);
  const [answer] = jsonOf(await deployment.wrangler(command), rows, command.join(' '));
  return answer?.results[0]?.found === 1;
}

function applyCommand({ configFile }: Deployment): string[] {
  return ['d1', 'migrations', 'apply', 'DB', '--remote', '--config', configFile];
}

function askCommand({ configFile }: Deployment): string[] {
  return ['d1', 'execute', 'DB', '--remote', '--config', configFile, '--json', '--command', SET_UP];
}

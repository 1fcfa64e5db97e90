import { z } from 'zod';
import { Explained } from '../../install.mjs';
import type { Deployment, Step } from '../deployment.ts';
import { jsonOf, refused } from '../wrangler.ts';

const hyperdriveConfig = z.object({
  origin: z.object({ host: z.string().optional(), database: z.string().optional() }),
  caching: z.object({ disabled: z.boolean().optional() }).optional(),
});

/** Finds the Hyperdrive that leads to the Postgres, or makes it. */
export const hyperdrive: Step = {
  name: 'Database',
  plan: ({ settings: { hyperdrive: wanted } }) =>
    wanted.id
      ? [`Checks the Hyperdrive ${wanted.id}: wrangler hyperdrive get ${wanted.id}`]
      : [
          `Looks for a Hyperdrive named ${wanted.name}: wrangler hyperdrive list`,
          'Creates it if there is none, for the Postgres of DATABASE_URL: ' +
            `wrangler hyperdrive create ${wanted.name} --connection-string … --caching-disabled`,
        ],
  async run(deployment) {
    const url = postgresUrl(deployment);
    const { hyperdrive: wanted } = deployment.settings;
    const id = wanted.id ?? (await find(deployment, wanted.name));
    if (id) {
      await check(deployment, id, url);
      deployment.keep({ hyperdrive: { name: wanted.name, id } });
      return `The Hyperdrive ${wanted.name} leads to ${url.hostname}.`;
    }
    const made = await deployment.wrangler([
      ...['hyperdrive', 'create', wanted.name, '--connection-string', url.href],
      ...['--caching-disabled', '--update-config=false'],
    ]);
    // The command itself holds the password.
    if (!made.ok) throw refused(made, `hyperdrive create ${wanted.name}`);
    const created = /config: ([0-9a-f]{32})/.exec(made.stdout)?.[1];
    if (!created) {
      throw new Explained(
        `The Hyperdrive ${wanted.name} was created, but its id is unknown. Run this again.`,
      );
    }
    deployment.keep({ hyperdrive: { name: wanted.name, id: created } });
    return `Created the Hyperdrive ${wanted.name}, which connects to ${url.hostname}.`;
  },
};

/** DATABASE_URL, checked. Throws `Explained`. */
export function postgresUrl({ world: { databaseUrl } }: Deployment): URL {
  const hint =
    'DATABASE_URL="postgres://user:password@host:5432/database" npm run deploy\n' +
    'It is not kept: it holds a password.';
  if (!databaseUrl) throw new Explained(`Say which Postgres: ${hint}`);
  if (!URL.canParse(databaseUrl) || !/^postgres(ql)?:$/.test(new URL(databaseUrl).protocol)) {
    throw new Explained(`DATABASE_URL is not the address of a Postgres. ${hint}`);
  }
  return new URL(databaseUrl);
}

/** wrangler lists Hyperdrives as a table only: the id and the name are the first two columns. */
async function find(deployment: Deployment, name: string): Promise<string | undefined> {
  const answer = await deployment.wrangler(['hyperdrive', 'list']);
  if (!answer.ok) throw refused(answer, 'hyperdrive list');
  const rows = answer.stdout.split('\n').map((line) => line.split('│').map((cell) => cell.trim()));
  return rows.find(([, id = '', rowName]) => /^[0-9a-f]{32}$/.test(id) && rowName === name)?.[1];
}

async function check(deployment: Deployment, id: string, url: URL): Promise<void> {
  const command = ['hyperdrive', 'get', id];
  const answer = await deployment.wrangler(command);
  const { origin, caching } = jsonOf(answer, hyperdriveConfig, command.join(' '));
  if (caching?.disabled !== true) {
    throw new Explained(
      'This Hyperdrive answers from a cache, up to a minute old. Turn that off: ' +
        `npx wrangler hyperdrive update ${id} --caching-disabled`,
    );
  }
  const database = decodeURIComponent(url.pathname.slice(1));
  if (origin.host !== undefined && (origin.host !== url.hostname || origin.database !== database)) {
    throw new Explained(
      `This Hyperdrive connects to ${origin.database} on ${origin.host}, and DATABASE_URL to ${database} ` +
        `on ${url.hostname}: migrations would go to another database than the Worker uses. Change one of them.`,
    );
  }
}

import { z } from 'zod';
import { Explained } from '../../install.mjs';
import type { Deployment, Step } from '../deployment.ts';
import { jsonOf, refused } from '../wrangler.ts';

const databaseList = z.array(z.object({ uuid: z.string(), name: z.string() }));

/** Finds the D1, or makes it. */
export const database: Step = {
  name: 'Database',
  plan: (deployment) => {
    const { d1 } = deployment.settings;
    if (d1.id) return [`Looks for the D1 ${d1.name} (${d1.id}): wrangler d1 list --json`];
    return [
      `Looks for a D1 named ${d1.name}: wrangler d1 list --json`,
      `Creates it if there is none: wrangler ${createCommand(deployment).join(' ')}`,
    ];
  },
  async run(deployment) {
    const { d1 } = deployment.settings;
    const present = await listed(deployment);
    if (d1.id) {
      const database = present.find(({ uuid }) => uuid === d1.id);
      if (database) {
        deployment.keep({ d1: { name: database.name, id: database.uuid } });
        return `The D1 ${database.name} exists.`;
      }
      throw new Explained(
        `The account has no D1 with the id ${d1.id}, which ${deployment.settingsFile} names. Was it ` +
          'deleted, or is this another account? To start with an empty database, remove "d1" from that file.',
      );
    }
    const database = present.find(({ name }) => name === d1.name);
    if (database) {
      deployment.keep({ d1: { name: database.name, id: database.uuid } });
      return `Found the D1 ${database.name}; it will be used.`;
    }
    const command = createCommand(deployment);
    const made = await deployment.wrangler(command);
    if (!made.ok) throw refused(made, command.join(' '));
    const created = (await listed(deployment)).find(({ name }) => name === d1.name);
    if (!created) {
      throw new Explained(`The D1 ${d1.name} was created but is not listed yet. Run this again.`);
    }
    deployment.keep({ d1: { name: created.name, id: created.uuid } });
    return `Made the D1 ${d1.name}.`;
  },
};

async function listed(deployment: Deployment): Promise<z.infer<typeof databaseList>> {
  return jsonOf(
    await deployment.wrangler(['d1', 'list', '--json']),
    databaseList,
    'd1 list --json',
  );
}

function createCommand({ settings: { d1, location, jurisdiction } }: Deployment): string[] {
  return [
    ...['d1', 'create', d1.name, '--update-config=false'],
    ...(location ? ['--location', location] : []),
    ...(jurisdiction ? ['--jurisdiction', jurisdiction] : []),
  ];
}

import { z } from 'zod';
import { Explained } from '../../setup.mjs';
import type { Step } from '../deployment.ts';
import { failureOf, jsonOf } from '../wrangler.ts';

const secretList = z.array(z.object({ name: z.string() }));

/** Finds out whether the Worker exists, and that it is Foyer's and not another program's. */
export const worker: Step = {
  name: 'Worker',
  plan: ({ settings }) => [
    `Asks whether the Worker exists, and which secrets it has: wrangler secret list --name ${settings.name}`,
  ],
  async run(deployment) {
    const { name } = deployment.settings;
    const command = ['secret', 'list', '--name', name, '--format', 'json'];
    const answer = await deployment.wrangler(command);
    if (!answer.ok && /Worker "[^"]*".* not found/.test(failureOf(answer).message)) {
      deployment.worker = { exists: false, secrets: [] };
      return `${name} does not exist yet.`;
    }
    const secrets = jsonOf(answer, secretList, command.join(' ')).map(({ name }) => name);
    const isKnown = deployment.settings.address !== undefined || deployment.world.inWorkersBuilds;
    if (!isKnown && !secrets.includes('FOYER_SECRET')) {
      throw new Explained(
        `The account has a Worker named ${name} already, and it does not look like Foyer: it has no ` +
          'secret FOYER_SECRET. Deploying would replace it. Choose another name: ' +
          'npm run deploy -- --name my-chat',
      );
    }
    deployment.worker = { exists: true, secrets };
    return `${name} exists; it will be updated.`;
  },
};

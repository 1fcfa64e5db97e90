import { z } from 'zod';
import { Explained } from '../../install.mjs';
import type { Deployment, Step } from '../deployment.ts';
import { failureOf, jsonOf } from '../wrangler.ts';
import { runningBindings, settingsOf } from './adopt.ts';

const secretList = z.array(z.object({ name: z.string() }));

/** Finds out whether the Worker exists, and that it is Foyer's and not another program's. */
export const worker: Step = {
  name: 'Worker',
  plan: ({ settings }) => [
    `Asks whether the Worker exists, and which secrets it has: wrangler secret list --name ${settings.name}`,
    ...(settings.address === undefined
      ? [
          'Takes over its bindings if it exists: wrangler deployments status, wrangler versions view',
        ]
      : []),
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
    const isKnown = deployment.settings.address !== undefined;
    if (!isKnown && !deployment.world.inWorkersBuilds && !secrets.includes('FOYER_SECRET')) {
      throw new Explained(
        `The account already has a Worker named ${name} that does not look like Foyer: it has no ` +
          'secret FOYER_SECRET. Deploying would replace it. Choose another name: ' +
          'npm run deploy -- --name my-chat',
      );
    }
    deployment.worker = { exists: true, secrets };
    const takenOver = isKnown ? '' : await takeOver(deployment);
    return `${name} exists; it will be updated.${takenOver}`;
  },
};

/** Keeps what a Worker uses that these settings do not know. Returns a sentence about it. */
async function takeOver(deployment: Deployment): Promise<string> {
  const bindings = await runningBindings(deployment);
  if (deployment.world.inWorkersBuilds) {
    // It deploys what the wrangler.toml of its clone says; the address alone is not in there.
    const { address } = settingsOf(bindings, deployment.base, deployment.given);
    if (address) deployment.keep({ address });
    return '';
  }
  if (!bindings.some(({ name }) => name === 'CONVERSATIONS')) return '';
  if (!bindings.some(({ type }) => type === 'd1' || type === 'hyperdrive')) {
    // As while it is paused: a new database would hide the data of the one that it had.
    const { d1, hyperdrive } = deployment.given;
    if (d1?.id || hyperdrive?.id) return '';
    throw new Explained(
      `${deployment.settings.name} runs without a database. Name the one it had in ` +
        `${deployment.settingsFile}: {"d1": {"name": "…", "id": "…"}} or {"hyperdrive": …}. ` +
        'npx wrangler d1 list shows them.',
    );
  }
  const settings = settingsOf(bindings, deployment.base, deployment.given);
  deployment.keep(settings);
  return ` It was not in these settings, which now include what it uses: ${JSON.stringify(settings)}`;
}

import type { Step } from '../deployment.ts';
import { refused } from '../wrangler.ts';

/** Takes the set-up code away once there is an owner: it has done what it is for. */
export const tidy: Step = {
  name: 'Set-up code',
  plan: ({ settings }) => [
    `Deletes FOYER_SETUP_CODE once Foyer has been set up: wrangler secret bulk --name ${settings.name}`,
  ],
  async run(deployment) {
    const { isSetUp, worker, settings } = deployment;
    if (isSetUp !== true || !worker.secrets.includes('FOYER_SETUP_CODE')) {
      return isSetUp === false ? 'It is needed until there is an owner.' : 'There is none.';
    }
    const answer = await deployment.wrangler(['secret', 'bulk', '--name', settings.name], {
      input: JSON.stringify({ FOYER_SETUP_CODE: null }),
    });
    if (!answer.ok) throw refused(answer, `secret bulk --name ${settings.name}`);
    return 'Deleted, as Foyer has been set up.';
  },
};

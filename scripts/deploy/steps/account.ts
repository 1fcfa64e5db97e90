import { z } from 'zod';
import { Explained } from '../../install.mjs';
import type { Step } from '../deployment.ts';
import { jsonOf, refused } from '../wrangler.ts';

const whoami = z.object({
  loggedIn: z.literal(true),
  accounts: z.array(z.object({ id: z.string(), name: z.string() })),
});

/** Finds out whether wrangler is logged in, and on which account Foyer is to be. */
export const account: Step = {
  name: 'Account',
  plan: () => ['Asks which account wrangler is logged in to: wrangler whoami --json'],
  async run(deployment) {
    const answer = await deployment.world.wrangler(['whoami', '--json']);
    if (!answer.ok) {
      if (/"loggedIn":\s*false/.test(answer.stdout)) {
        throw new Explained(
          'wrangler is not logged in to Cloudflare. Run `npx wrangler login`, or set ' +
            'CLOUDFLARE_API_TOKEN if this machine has no browser. Then run this again.',
        );
      }
      throw refused(answer, 'whoami');
    }
    const { accounts } = jsonOf(answer, whoami, 'whoami --json');
    const accountId = deployment.settings.account_id ?? process.env.CLOUDFLARE_ACCOUNT_ID;
    const account = accountId ? accounts.find(({ id }) => id === accountId) : accounts[0];
    const list = accounts.map(({ id, name }) => `  ${id}  ${name}`).join('\n');
    if (!account) {
      throw new Explained(
        accountId
          ? `This login has no access to the account ${accountId}. It has access to:\n${list || '  none'}`
          : 'This login has no access to any account. Does the API token include one?',
      );
    }
    if (!accountId && accounts.length > 1) {
      throw new Explained(
        `This login has access to several accounts. Choose one: npm run deploy -- --account ID\n${list}`,
      );
    }
    deployment.keep({ account_id: account.id });
    return `${account.name} (${account.id}).`;
  },
};

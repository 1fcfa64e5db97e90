import { Explained } from '../../install.mjs';
import type { Deployment, Step } from '../deployment.ts';
import { failureOf, refused } from '../wrangler.ts';

/** Finds the bucket for the files of conversations, or makes it. */
export const bucket: Step = {
  name: 'Files',
  plan: (deployment) => {
    const { bucket: name } = deployment.settings;
    if (name === false) return ['No bucket: files cannot be sent in conversations.'];
    return [
      `Looks for the bucket ${name}: wrangler ${listCommand(deployment).join(' ')}`,
      `Creates it if there is none: wrangler ${createCommand(deployment, name).join(' ')}`,
    ];
  },
  async run(deployment) {
    const { bucket: name } = deployment.settings;
    if (name === false) return 'No bucket: files cannot be sent in conversations.';
    const listing = await deployment.wrangler(listCommand(deployment));
    if (!listing.ok) throw withAdvice(refused(listing, 'r2 bucket list'), failureOf(listing).code);
    const names = [...listing.stdout.matchAll(/^name:\s+(\S+)\s*$/gm)].map(([, name]) => name);
    if (names.includes(name)) {
      deployment.keep({ bucket: name });
      return `The bucket ${name} already exists.`;
    }
    const command = createCommand(deployment, name);
    const made = await deployment.wrangler(command);
    // The list is cut off, so a bucket that it does not show may still exist.
    if (!made.ok && !/already exists, and you own it/.test(failureOf(made).message)) {
      throw withAdvice(refused(made, command.join(' ')), failureOf(made).code);
    }
    deployment.keep({ bucket: name });
    return made.ok ? `Created the bucket ${name}.` : `The bucket ${name} already exists.`;
  },
};

/** 10042: an account must agree to R2 once, in the dashboard. */
function withAdvice(error: Explained, code: string | null): Explained {
  if (code !== '10042') return error;
  return new Explained(
    `${error.message}\nR2 is switched on in Cloudflare's dashboard, under Storage, R2. To do without ` +
      'files in conversations, put "bucket": false into foyer.config.json.',
  );
}

function listCommand({ settings: { jurisdiction } }: Deployment): string[] {
  return ['r2', 'bucket', 'list', ...(jurisdiction ? ['--jurisdiction', jurisdiction] : [])];
}

function createCommand({ settings }: Deployment, name: string): string[] {
  const { location, jurisdiction } = settings;
  return [
    ...['r2', 'bucket', 'create', name, '--update-config=false'],
    ...(location ? ['--location', location] : []),
    ...(jurisdiction ? ['--jurisdiction', jurisdiction] : []),
  ];
}

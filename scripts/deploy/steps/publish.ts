import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { Explained } from '../../install.mjs';
import type { Deployment, Step } from '../deployment.ts';
import { refused } from '../wrangler.ts';
import { publicUrlOf } from '../wrangler-config.ts';
import { writeConfig } from './config.ts';

const deployed = z.object({
  type: z.literal('deploy'),
  version_id: z.string().nullable(),
  targets: z.array(z.string()).default([]),
});

/** Publishes the version, with the secrets that the Worker lacks. */
export const publish: Step = {
  name: 'Publish',
  plan: (deployment) => {
    const { settings, base } = deployment;
    return [
      'Makes the secrets that are missing: FOYER_SECRET, and FOYER_SETUP_CODE until there is an owner.',
      `Publishes code, files and secrets together: wrangler ${command(deployment).join(' ')} --secrets-file …`,
      ...(publicUrlOf(settings, base)
        ? []
        : ['Publishes again with FOYER_PUBLIC_URL once the address of the Worker is known.']),
    ];
  },
  async run(deployment) {
    const secrets = missingSecrets(deployment);
    const published = await deploy(deployment, secrets);
    const origin = originOf(published.targets, deployment);
    deployment.worker = {
      exists: true,
      secrets: [...new Set([...deployment.worker.secrets, ...Object.keys(secrets)])],
    };
    const before = publicUrlOf(deployment.settings, deployment.base);
    deployment.keep({ address: origin });
    let version = published.version;
    if (before !== publicUrlOf(deployment.settings, deployment.base)) {
      // The Worker must know its address, and workers.dev gives it with the first deployment.
      writeConfig(deployment);
      version = (await deploy(deployment, {})).version;
    }
    deployment.bootstrapCode = secrets.FOYER_SETUP_CODE ?? null;
    deployment.published = { version, origin };
    const made = Object.keys(secrets);
    return `Version ${version}${made.length > 0 ? `, with new secrets: ${made.join(', ')}` : ''}.`;
  },
};

/** Secrets are never replaced: with another FOYER_SECRET all visitors would be strangers. */
function missingSecrets({ worker, isSetUp, world }: Deployment): Record<string, string> {
  // A code cannot be read again, so that a run that failed before it was shown makes another.
  const chosen = world.inWorkersBuilds && worker.secrets.includes('FOYER_SETUP_CODE');
  return {
    ...(!worker.secrets.includes('FOYER_SECRET') && {
      FOYER_SECRET: randomBytes(32).toString('base64url'),
    }),
    ...(isSetUp === false && !chosen && { FOYER_SETUP_CODE: randomBytes(16).toString('hex') }),
  };
}

async function deploy(
  deployment: Deployment,
  secrets: Record<string, string>,
): Promise<{ version: string; targets: string[] }> {
  const scratch = mkdtempSync(join(tmpdir(), 'foyer-deploy-'));
  try {
    const args = command(deployment);
    if (Object.keys(secrets).length > 0) {
      const file = join(scratch, 'secrets.json');
      writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
      args.push('--secrets-file', file);
    }
    // wrangler may have to ask: for a workers.dev subdomain, or before it takes a domain from another Worker.
    const answer = await deployment.wrangler(args, { shown: true });
    const event = deployed.safeParse(answer.events.findLast(({ type }) => type === 'deploy'));
    if (!answer.ok) {
      const error = refused(answer, command(deployment).join(' '));
      const partly = /only partially updated/.test(error.message)
        ? '\nThe new version is running, but its address could not be set up.'
        : '\nThe previous version, if there is one, keeps running.';
      throw new Explained(`${error.message}${partly}`);
    }
    if (!event.success || event.data.version_id === null) {
      throw new Explained(
        'wrangler ended without publishing, as it does when its question is answered with no.',
      );
    }
    return { version: event.data.version_id, targets: event.data.targets };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Where the Worker is now: its domain, or else what wrangler says. Throws `Explained`. */
function originOf(targets: string[], { settings: { domain } }: Deployment): string {
  if (domain) return `https://${domain}`;
  const custom = targets.map((target) => /^(\S+) \(custom domain/.exec(target)?.[1]).find(Boolean);
  if (custom) return `https://${custom}`;
  const worker = targets.find((target) => /^https:\/\/\S+workers\.dev$/.test(target));
  if (worker) return worker;
  throw new Explained(
    'It is published, but wrangler gave no address. Set one: npm run deploy -- --domain chat.example.com',
  );
}

function command({ configFile, version }: Deployment): string[] {
  return ['deploy', '--config', configFile, '--message', `Foyer ${version}`];
}

import { z } from 'zod';
import { Explained } from '../../install.mjs';
import type { Deployment, Step } from '../deployment.ts';

/** A new domain gets its certificate within minutes; a new version is everywhere within seconds. */
const ANSWERS_WITHIN_MS = 5 * 60_000;

/** How long to wait for the version itself, once Foyer is well. */
const REPLACED_WITHIN_MS = 60_000;

const PAUSE_MS = 2_000;

const health = z.object({ ok: z.literal(true), deployment: z.string().nullish() });

const failure = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

type Found = { well: true; deployment: string | null } | { well: false; reason: string };

/** Waits until the version that was published answers, and is well. */
export const healthy: Step = {
  name: 'Health',
  plan: ({ pause }) => [
    pause
      ? 'Waits until /api/health answers 503, as Foyer has no database for now.'
      : 'Asks /api/health until the new version answers that it is well.',
  ],
  async run(deployment) {
    const { published, world, pause } = deployment;
    if (!published) throw new Error('Nothing was published.');
    const began = world.now();
    for (;;) {
      const health = await look(deployment, published.origin);
      const waited = world.now() - began;
      if (pause && !health.well && health.reason.startsWith('503')) return 'Foyer is paused.';
      if (health.well && !pause && health.deployment === published.version) return 'Foyer is well.';
      if (health.well && !pause && waited > REPLACED_WITHIN_MS) {
        return (
          'Foyer is well. The previous version still answers here; the new one replaces it ' +
          'within minutes.'
        );
      }
      if (waited > ANSWERS_WITHIN_MS) throw unwell(deployment, published.origin, health);
      await world.sleep(PAUSE_MS);
    }
  },
};

async function look({ world }: Deployment, origin: string): Promise<Found> {
  try {
    const answer = await world.fetch(`${origin}/api/health`);
    const text = await answer.text();
    const body = asJson(text);
    const well = health.safeParse(body);
    if (answer.ok && well.success) return { well: true, deployment: well.data.deployment ?? null };
    const parsed = failure.safeParse(body);
    return {
      well: false,
      reason: `${answer.status}${parsed.success ? ` ${parsed.data.error.code}: ${parsed.data.error.message}` : ''}`,
    };
  } catch (error) {
    return { well: false, reason: `no answer (${error instanceof Error ? error.message : error})` };
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unwell({ configFile, pause }: Deployment, origin: string, health: Found): Explained {
  const minutes = ANSWERS_WITHIN_MS / 60_000;
  if (health.well) {
    return new Explained(
      pause ? `${origin} still has its database after ${minutes} minutes.` : 'It is well.',
    );
  }
  return new Explained(
    `${origin}/api/health is not well after ${minutes} minutes: ${health.reason}.\n` +
      `  Find the problem:   npm run doctor -- --url ${origin}\n` +
      `  Logs:               npx wrangler tail --config ${configFile}\n` +
      `  Back to the previous one:  npx wrangler rollback --config ${configFile}\n` +
      'A new domain can take longer to get its certificate. Run this again later.',
  );
}

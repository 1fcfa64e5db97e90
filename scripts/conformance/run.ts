import type { Target } from './client.ts';
import { shown } from './differences.ts';
import type { Case, Step } from './schema.ts';
import { play } from './steps.ts';
import { Skipped, World } from './world.ts';

/** What became of a case; `why` is a sentence for those that did not pass. */
export type Outcome =
  | { state: 'passed' }
  | { state: 'failed'; why: string }
  | { state: 'skipped'; why: string };

/** Plays one case against a running Foyer, with people and conversations of its own. */
export async function runCase(target: Target, { steps }: Case): Promise<Outcome> {
  const missing = missingFor(target, steps);
  if (missing) return { state: 'skipped', why: missing };
  const world = new World(target);
  let number = 0;
  try {
    for (const step of steps) {
      number += 1;
      await play(world, step);
    }
    return { state: 'passed' };
  } catch (error) {
    if (error instanceof Skipped) return { state: 'skipped', why: error.message };
    const why = error instanceof Error ? error.message : String(error);
    return { state: 'failed', why: `step ${number}: ${why}\n      ${shown(steps[number - 1])}` };
  } finally {
    world.end();
  }
}

/** What the case needs and the command line has not given; looked at before anything is done. */
function missingFor({ agentCookie, otherKey }: Target, steps: readonly Step[]): string | null {
  const flat = steps.flatMap((step) => ('repeat' in step ? step.steps : [step]));
  if (agentCookie === undefined && flat.some((step) => 'by' in step && step.by === 'agent')) {
    return 'it needs an agent (--agent-email and --agent-password, or --agent-cookie)';
  }
  if (otherKey === undefined && flat.some((step) => 'visitor' in step && step.key === 'other')) {
    return 'it needs the key of another organization (--other-key)';
  }
  return null;
}

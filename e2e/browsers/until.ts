import { setTimeout as sleep } from 'node:timers/promises';

const WITHIN_MS = 15_000;
const EVERY_MS = 50;

/**
 * Calls until the result is truthy, and returns it. WebDriver has no events, so that a page can only be
 * polled.
 */
export async function until<Answer>(
  what: string,
  ask: () => Answer | Promise<Answer>,
): Promise<NonNullable<Answer>> {
  const end = Date.now() + WITHIN_MS;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer) return answer;
    await sleep(EVERY_MS);
  }
  throw new Error(`Waited in vain for ${what}.`);
}

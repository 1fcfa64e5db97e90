import { setTimeout as sleep } from 'node:timers/promises';

const WITHIN_MS = 15_000;
const EVERY_MS = 50;

/**
 * Asks until the answer is true, and returns it. WebDriver has no events, so what is waited for in a
 * page can only be asked for again.
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

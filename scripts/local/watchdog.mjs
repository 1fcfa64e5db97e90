import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The process behind scripts/local/guard.mjs. It is told what to clean up on its standard input, line by
 * line, and does so when that ends: its starter is gone then, however it went.
 */

const END_WITHIN_MS = 5_000;

/** Whoever ends a whole terminal or container ends the starter too, and this has work to do then. */
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {});
}

let input = '';
for await (const text of process.stdin.setEncoding('utf8')) input += text;

/** @type {import('./guard.mjs').Leftover[]} */
const leftovers = input
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line));

// The last that came needs those before it: the Worker its Postgres.
for (const leftover of leftovers.reverse()) {
  if ('group' in leftover) await endGroup(leftover.group, leftover.signal);
  else rmSync(leftover.path, { recursive: true, force: true, maxRetries: 3 });
}

/**
 * @param {number} group
 * @param {NodeJS.Signals} signal
 */
async function endGroup(group, signal) {
  const until = Date.now() + END_WITHIN_MS;
  let lives = send(group, signal);
  while (lives && Date.now() < until) {
    await sleep(50);
    lives = send(group, 0);
  }
  if (lives) send(group, 'SIGKILL');
}

/**
 * @param {number} group
 * @param {NodeJS.Signals | 0} signal
 * @returns {boolean} whether somebody got it
 */
function send(group, signal) {
  try {
    process.kill(process.platform === 'win32' ? group : -group, signal);
    return true;
  } catch {
    return false;
  }
}

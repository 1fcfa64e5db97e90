/**
 * What the doctor found. `note`: worth knowing, nothing to do. `warning`: something does not work as it
 * was meant. `failed`: something that people need does not work.
 * @typedef {{ state: 'ok' | 'note' | 'warning' | 'failed', text: string, todo?: string }} Finding
 */

/** @param {string} text @returns {Finding} */
export const ok = (text) => ({ state: 'ok', text });

/** @param {string} text @param {string} [todo] @returns {Finding} */
export const note = (text, todo) => ({ state: 'note', text, ...(todo && { todo }) });

/** @param {string} text @param {string} todo @returns {Finding} */
export const warning = (text, todo) => ({ state: 'warning', text, todo });

/** @param {string} text @param {string} todo @returns {Finding} */
export const failed = (text, todo) => ({ state: 'failed', text, todo });

const LABELS = { ok: 'ok', note: 'note', warning: 'WARNING', failed: 'FAILED' };
const WIDTH = 9;

/**
 * The findings for a person, worst things where they are looked for: last.
 * @param {Finding[]} findings
 * @returns {string}
 */
export function report(findings) {
  const lines = findings.flatMap(({ state, text, todo }) => [
    `  ${LABELS[state].padEnd(WIDTH)} ${text}`,
    ...(todo ? [`  ${' '.repeat(WIDTH)} → ${todo}`] : []),
  ]);
  return [...lines, '', summary(findings)].join('\n');
}

/**
 * Whether there is something to do: the doctor's exit code is 1 then.
 * @param {Finding[]} findings
 */
export function isUnwell(findings) {
  return findings.some(({ state }) => state === 'failed' || state === 'warning');
}

/** @param {Finding[]} findings */
function summary(findings) {
  const count = (/** @type {Finding['state']} */ wanted) =>
    findings.filter(({ state }) => state === wanted).length;
  const parts = [
    [count('failed'), 'does not work', 'do not work'],
    [count('warning'), 'needs attention', 'need attention'],
  ].flatMap(([number, singular, plural]) =>
    number === 0 ? [] : number === 1 ? `1 thing ${singular}` : `${number} things ${plural}`,
  );
  return parts.length > 0 ? `${parts.join(', ')}.` : 'Nothing to do.';
}

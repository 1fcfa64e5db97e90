import { expect, it } from 'vitest';
import type { Outcome, Remembered } from '../../organization/outcomes.ts';
import { jobs, mail } from './last-outcomes.ts';

/** O9: what health says of the last mail and of the nightly jobs. */

const HOUR = 3_600_000;
const now = Date.UTC(2026, 10, 29, 12);

const outcome = (done: number | null, failed: number | null = null): Outcome => ({
  done_at: done === null ? null : now - done * HOUR,
  failed_at: failed === null ? null : now - failed * HOUR,
  code: failed === null ? null : 'network_lost',
});

function job(last: Outcome, deployedHoursAgo: number | null) {
  const outcomes: Record<Remembered, Outcome> = {
    sweep_rows: last,
    sweep_files: outcome(1),
    mail: outcome(1),
  };
  const deployedAt = deployedHoursAgo === null ? null : now - deployedHoursAgo * HOUR;
  const [first] = jobs(outcomes, deployedAt, now);
  return [first?.state, first?.text.replace(/^The nightly job that deletes expired rows /, '')];
}

it.each([
  [
    'on one’s own machine',
    outcome(null),
    null,
    'off',
    'does not run automatically on this machine.',
  ],
  [
    'before its first night',
    outcome(null),
    2,
    'ok',
    'runs at night; the first night since the deployment has not come yet.',
  ],
  ['that never ran', outcome(null), 30, 'warning', 'has not run yet.'],
  ['that ran', outcome(9), 300, 'ok', 'ran at 2026-11-29 03:00 UTC.'],
  ['that was missed', outcome(33), 300, 'warning', 'ran last at 2026-11-28 03:00 UTC.'],
  ['that failed', outcome(33, 9), 300, 'warning', 'failed at 2026-11-29 03:00 UTC (network_lost).'],
  ['that failed and ran again', outcome(9, 33), 300, 'ok', 'ran at 2026-11-29 03:00 UTC.'],
])('a job %s', (_, last, deployed, state, text) => {
  expect(job(last, deployed)).toEqual([state, text]);
});

it('jobs, where the objects do not answer', () => {
  expect(jobs(null, null, now)).toMatchObject([{ state: 'warning' }]);
});

it('mail: none yet, sent, failing, and sent again', () => {
  expect(mail(undefined)).toMatchObject([
    { state: 'ok', text: expect.stringMatching(/No e-mail/) },
  ]);
  expect(mail(outcome(2))).toMatchObject([{ state: 'ok' }]);
  expect(mail(outcome(null, 1))).toMatchObject([
    {
      state: 'warning',
      text: 'The last e-mail, at 2026-11-29 11:00 UTC, could not be sent (network_lost). None has been sent since.',
    },
  ]);
  expect(mail(outcome(2, 1))).toMatchObject([{ state: 'warning' }]);
  expect(mail(outcome(1, 2))).toMatchObject([{ state: 'ok' }]);
});

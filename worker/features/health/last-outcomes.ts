import type { Finding } from '../../../protocol/resources/health.ts';
import type { Outcome, Remembered } from '../../organization/outcomes.ts';
import { doubtful, fine } from './findings.ts';

/** What the last outcomes say of mails and of the nightly jobs. */

/** Milliseconds after which a nightly job is missed: a day, and two hours for a late one. */
const MISSED_AFTER = 26 * 60 * 60_000;

/** How the last mail ended, where mails are sent at all. */
export function mail(outcome: Outcome | undefined): Finding[] {
  const { done_at = null, failed_at = null, code = null } = outcome ?? {};
  if (failed_at !== null && failed_at > (done_at ?? 0)) {
    return [
      doubtful(
        `The last e-mail, at ${minute(failed_at)}, could not be sent (${code}). None has been sent since.`,
        'docs/operations.md, “A mail fails”, has the codes. Look at Email Sending in Cloudflare’s dashboard.',
      ),
    ];
  }
  return [
    fine(
      done_at === null
        ? 'The sender is set. No e-mail has been sent yet.'
        : `Mails are sent; one was at ${minute(done_at)}.`,
    ),
  ];
}

/**
 * @param deployedAt when this version was published, in milliseconds since the epoch; null on a
 *   local machine, where nothing starts the jobs
 */
export function jobs(
  outcomes: Record<Remembered, Outcome> | null,
  deployedAt: number | null,
  now: number,
): Finding[] {
  if (!outcomes)
    return [
      doubtful('It is not known when the nightly jobs last ran.', 'Look at the objects first.'),
    ];
  const names = {
    sweep_rows: 'deletes expired rows',
    sweep_files: 'deletes files without a message',
  };
  return (['sweep_rows', 'sweep_files'] as const).map((job) => {
    const { done_at, failed_at, code } = outcomes[job];
    const name = `The nightly job that ${names[job]}`;
    if (failed_at !== null && failed_at > (done_at ?? 0)) {
      return doubtful(
        `${name} failed at ${minute(failed_at)} (${code}).`,
        'It tries again the next night. The log has a line job_failed.',
      );
    }
    const last = done_at ?? deployedAt;
    if (last !== null && now - last > MISSED_AFTER) {
      return doubtful(
        done_at === null ? `${name} has not run yet.` : `${name} ran last at ${minute(done_at)}.`,
        'Look at the cron triggers of the Worker in Cloudflare’s dashboard; `crons` in wrangler.toml names the time.',
      );
    }
    if (done_at !== null) return fine(`${name} ran at ${minute(done_at)}.`);
    if (deployedAt !== null)
      return fine(`${name} runs at night; the first night since the deployment has not come yet.`);
    return {
      state: 'off',
      text: `${name} does not run automatically on this machine.`,
      todo: null,
    };
  });
}

/** `2026-11-29 03:17 UTC` */
function minute(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

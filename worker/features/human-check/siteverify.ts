import { z } from 'zod';
import { FoyerError } from '../../kernel/errors.ts';
import { dueLine } from '../../kernel/log/line-limit.ts';
import { log } from '../../kernel/log/log.ts';
import type { LogReason } from '../../kernel/log/log-fields.ts';
import { outages } from '../../kernel/log/outages.ts';
import type { HumanCheck } from './config.ts';

/** Milliseconds that siteverify gets; it answers within tens of them. */
const TIMEOUT = 5_000;

/** The action of our widget, so that a token of another form under the same key is not taken. */
const ACTION = 'foyer';

const answer = z.object({
  success: z.boolean(),
  'error-codes': z.array(z.string()).default([]),
  hostname: z.string().optional(),
  action: z.string().optional(),
  cdata: z.string().optional(),
});
type Answer = z.infer<typeof answer>;

/** A token that a browser got from Turnstile, and for what it must have been made. */
export type Solution = {
  token: string;
  /** Where the request came from; undefined where that is not known. */
  remoteip: string | undefined;
  /** The host on which the widget's frame is: ours. */
  hostname: string;
  /** The visitor who solved it; the widget hands it to Turnstile as `cData`. */
  visitor_id: string;
};

/**
 * Whether Turnstile made this token for this visitor in our frame. Turnstile takes each token once,
 * within five minutes.
 *
 * Where siteverify does not answer nobody passes: a failure that somebody could bring about must not
 * be a way in.
 *
 * @throws FoyerError unavailable where siteverify did not answer in time, or refuses our secret
 */
export async function isSolved(check: HumanCheck, solution: Solution): Promise<boolean> {
  const response = await ask(check, solution);
  const codes = response['error-codes'];
  if (codes.some((code) => code.endsWith('-input-secret'))) {
    log.error('misconfigured', { reasons: ['human_check_secret_refused'] });
    throw new FoyerError('unavailable');
  }
  const reason = refusalOf(check, response, solution);
  const due = reason && dueLine(`human check ${reason}`);
  if (due) log.info('human_check_refused', { role: 'visitor', reason, ...due });
  return reason === null;
}

async function ask(check: HumanCheck, { token, remoteip }: Solution): Promise<Answer> {
  try {
    const response = await fetch(check.siteverify, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        secret: check.secret,
        response: token,
        ...(remoteip !== undefined && { remoteip }),
      }),
      // What answers elsewhere would be handed the secret.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    // A refusal may have a status of its own; what is no answer of siteverify's does not parse.
    const result = answer.parse(await response.json());
    if (result['error-codes'].includes('internal-error')) throw new Error('internal-error');
    outages.worked('human_check');
    return result;
  } catch (error) {
    outages.failed('human_check', error);
    throw new FoyerError('unavailable');
  }
}

/** Why a token does not count; null where it does. */
function refusalOf(
  check: HumanCheck,
  { success, 'error-codes': codes, hostname, action, cdata }: Answer,
  wanted: Solution,
): LogReason | null {
  if (!success) return codes.includes('timeout-or-duplicate') ? 'check_used' : 'check_invalid';
  // Of the keys for tests Turnstile answers with values of its own.
  if (check.is_test) return null;
  if (hostname !== wanted.hostname) return 'check_of_other_host';
  if (action !== ACTION) return 'check_of_other_action';
  return cdata === wanted.visitor_id ? null : 'check_of_other_visitor';
}

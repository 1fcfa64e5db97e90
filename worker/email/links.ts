import type { Env } from '../env.ts';
import { log } from '../kernel/log.ts';
import { publicOrigin } from '../public-url.ts';
import { canSendMail } from './send.ts';

type AddressProblem = 'public_url_missing' | 'public_url_invalid';

/** What is wrong with the configured address, where mails are sent and links go with them. */
export function addressProblem(env: Env, request: Request): AddressProblem | null {
  if (!canSendMail(env) || publicOrigin(env, request) !== null) return null;
  return env.FOYER_PUBLIC_URL ? 'public_url_invalid' : 'public_url_missing';
}

/** Whether mails with links can be sent; where only the address lacks, the log says so. */
export function canMailLinks(env: Env, request: Request): boolean {
  if (!canSendMail(env)) return false;
  const reason = addressProblem(env, request);
  if (reason) log.error('misconfigured', { reason });
  return reason === null;
}

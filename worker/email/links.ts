import type { Env } from '../env.ts';
import { publicOrigin } from '../http/headers/public-url.ts';
import { canSendMail } from './send.ts';

/** Whether mails with links can be sent: there is a sender, and Foyer knows its own address. */
export function canMailLinks(env: Env, request: Request): boolean {
  return canSendMail(env) && publicOrigin(env, request) !== null;
}

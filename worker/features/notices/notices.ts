import type { Context } from 'hono';
import { openDatabase } from '../../database/database.ts';
import { type AccountEvent, accountMail, ownerMail } from '../../email/account-mails.ts';
import { canSendMail, sendMail } from '../../email/send.ts';
import type { Env } from '../../env.ts';
import { afterwards } from '../../http/afterwards.ts';
import { findPerson } from '../accounts/people-store.ts';
import { countNotice, listOwners } from './store.ts';

/**
 * Tells people by mail what happened to their account (S25). Mails go out after the answer, whose
 * time and outcome do not depend on them. An address that an account only claims gets none: it may
 * be a stranger's.
 */

type Asked = Pick<Context<{ Bindings: Env }>, 'env' | 'executionCtx'>;

/** Notices of one kind that one person gets in a day. More say nothing new, and would be a nuisance. */
const PER_DAY = 10;

/** Milliseconds after its making in which an account is opened for the first time, which is no news. */
const NEW_FOR = 10 * 60_000;

/** Tells the person whose account it is. */
export function tellPerson(context: Asked, userId: string, event: AccountEvent): void {
  if (!canSendMail(context.env)) return;
  afterwards(context, mailPerson(context.env, userId, event));
}

/**
 * Tells a member and the organization's owners what a colleague did to the member's account; the
 * colleague knows.
 */
export function tellPersonAndOwners(
  context: Asked,
  about: { organization: { id: string; name: string }; member: string; by: string },
  event: Extract<AccountEvent, { by: string }>,
): void {
  if (!canSendMail(context.env)) return;
  const owners = mailOwners(context.env, about, event);
  afterwards(context, Promise.all([mailPerson(context.env, about.member, event), owners]));
}

async function mailPerson(env: Env, userId: string, event: AccountEvent): Promise<void> {
  const db = openDatabase(env);
  const person = await findPerson(db, { id: userId });
  if (!person || person.key !== person.email) return;
  if (event.kind === 'signed_in' && event.at.getTime() - person.created_at.getTime() < NEW_FOR) {
    return;
  }
  if (!(await countNotice(db, `${event.kind}:${userId}`, PER_DAY, new Date()))) return;
  await sendMail(env, accountMail(person.email, event), { user: userId });
}

async function mailOwners(
  env: Env,
  about: { organization: { id: string; name: string }; member: string; by: string },
  event: Extract<AccountEvent, { by: string }>,
): Promise<void> {
  const db = openDatabase(env);
  const { organization } = about;
  const [member, owners] = await Promise.all([
    findPerson(db, { id: about.member }),
    listOwners(db, organization.id),
  ]);
  if (!member) return;
  const names = { member: member.name, organization: organization.name };
  for (const { id, email } of owners) {
    if (id === about.by || id === about.member) continue;
    if (!(await countNotice(db, `owner:${id}`, PER_DAY, new Date()))) continue;
    await sendMail(env, ownerMail(email, names, event), { user: id });
  }
}

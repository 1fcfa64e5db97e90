import type { Context } from 'hono';
import { signLink } from '../../../auth/signed.ts';
import type { Env } from '../../../env.ts';
import { databaseOf } from '../../../http/context.ts';
import { linkFor } from '../../../http/headers/public-url.ts';
import { note } from '../../../kernel/log/log.ts';
import { findPerson } from '../people-store.ts';

/** Minutes for which a link to a new password works. */
export const PASSWORD_LINK_MINUTES = 60;

/**
 * The link with which a member sets a new password; null for a person who has no password.
 *
 * @param maker the colleague who creates it: the link ends once they may no longer do that
 */
export async function makePasswordLink(
  context: Pick<Context<{ Bindings: Env }>, 'env' | 'req'>,
  user: { id: string },
  maker: { organization_id: string; id: string },
): Promise<string | null> {
  const person = await findPerson(databaseOf(context), user);
  if (!person?.password) return null;
  note({ user: person.id });
  return signPasswordLink(context, person, maker);
}

/** A link that sets a new password, with its maker if a colleague made it. */
export async function signPasswordLink(
  context: Pick<Context<{ Bindings: Env }>, 'env' | 'req'>,
  person: { id: string; password: string | null },
  maker?: { organization_id: string; id: string },
): Promise<string> {
  const until = Date.now() + PASSWORD_LINK_MINUTES * 60_000;
  const parts = [person.id, `${until}`, ...(maker ? [maker.organization_id, maker.id] : [])];
  const token = await signLink(context.env.FOYER_SECRET, 'password', parts, person.password ?? '');
  return linkFor(context.env, context.req.raw, `/admin/new-password#${token}`);
}

import { mayManage, mayResetAccess } from '../../auth/permissions.ts';
import { type AdminContext, databaseOf } from '../../http/context.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { findMember, type MemberRow } from './store.ts';

/** A member as the activity log names them. */
export const subjectOf = ({ user_id: id, name }: MemberRow) => ({ id, name });

/** A member of the caller's organization. @throws FoyerError not_found */
export async function memberOf(context: AdminContext, id: string): Promise<MemberRow> {
  const member = await findMember(databaseOf(context), context.var.agent.organization_id, id);
  if (!member) throw new FoyerError('not_found');
  return member;
}

/** A member whom the caller may manage. @throws FoyerError not_found, forbidden */
export async function managed(context: AdminContext, id: string): Promise<MemberRow> {
  const member = await memberOf(context, id);
  if (!mayManage(context.var.signedIn.role, member.role)) throw new FoyerError('forbidden');
  return member;
}

/** A member whose password and second factor the caller may reset. @throws FoyerError not_found, forbidden */
export async function resettable(context: AdminContext, id: string): Promise<MemberRow> {
  const member = await memberOf(context, id);
  if (!mayResetAccess(context.var.signedIn.role, member.role)) throw new FoyerError('forbidden');
  return member;
}

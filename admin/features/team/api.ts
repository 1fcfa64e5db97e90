import type { MemberRole } from '../../../protocol/resources/member.ts';
import type { InviteOutcome, TeamMember } from '../../../protocol/resources/team.ts';
import { api, call, callAsAgent } from '../../api/http.ts';

/** The team and its invitations. */

const { members, invitations, team } = api.admin;
const member = members[':id'];

export async function listInvitations() {
  const { items } = await callAsAgent((options) => invitations.$get({}, options));
  return items;
}

/** Invites up to MAX_INVITED_AT_ONCE addresses. Each has an outcome of its own. */
export async function inviteSeveral(json: {
  emails: string[];
  role: MemberRole;
  departmentIds: string[];
}): Promise<InviteOutcome[]> {
  const { items } = await callAsAgent((options) => invitations.several.$post({ json }, options));
  return items;
}

export function resendInvitation(id: string) {
  return callAsAgent((options) => invitations[':id'].resend.$post({ param: { id } }, options));
}

export async function revokeInvitation(id: string): Promise<void> {
  await callAsAgent((options) => invitations[':id'].$delete({ param: { id } }, options));
}

/** Omitted fields stay unchanged. */
export async function changeMember(
  id: string,
  json: { role?: MemberRole; departmentIds?: string[] },
): Promise<void> {
  await callAsAgent((options) => member.$patch({ param: { id }, json }, options));
}

/** The settings of the whole team. */
export function getTeam() {
  return callAsAgent((options) => team.$get({}, options));
}

/** Whether agents are limited to their departments. */
export function restrictAgents(restrict: boolean) {
  const json = { restrictAgents: restrict };
  return callAsAgent((options) => team.$patch({ json }, options));
}

export async function removeMember(id: string): Promise<void> {
  await callAsAgent((options) => member.$delete({ param: { id } }, options));
}

export async function signOutMember(id: string): Promise<void> {
  await callAsAgent((options) => member['sign-out'].$post({ param: { id } }, options));
}

export async function passwordLink(id: string): Promise<string> {
  const created = await callAsAgent((options) =>
    member['password-link'].$post({ param: { id } }, options),
  );
  return created.link;
}

/**
 * Turns off two-step sign-in for a member who lost the device, and e-mails them. 409 if they are
 * also a member of another organization.
 */
export async function removeSecondFactor(id: string): Promise<void> {
  await callAsAgent((options) => member['second-factor'].$delete({ param: { id } }, options));
}

/** The details of an invitation. 404 if the link has expired. */
export function lookAtInvitation(token: string) {
  return call((options) => api.invitations.look.$post({ json: { token } }, options));
}

export async function acceptInvitation(json: {
  token: string;
  name?: string;
  password: string;
}): Promise<void> {
  await call((options) => api.invitations.accept.$post({ json }, options));
}

/** Sets a new password with the token of a link, which works once. */
export async function resetPassword(token: string, password: string): Promise<void> {
  await call((options) => api.password.reset.$post({ json: { token, password } }, options));
}

/** E-mails a password reset link. 503 if the installation cannot send e-mails. */
export async function forgotPassword(email: string): Promise<void> {
  await call((options) => api.password.forgot.$post({ json: { email } }, options));
}

export async function listMembers(): Promise<TeamMember[]> {
  const { items } = await callAsAgent((options) => members.$get({}, options));
  return items;
}

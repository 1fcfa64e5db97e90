import type { InferResponseType } from 'hono/client';
import type { AgentSession } from '../../../protocol/resources/team.ts';
import { api, call, callAsAgent } from '../../api/http.ts';

/** The changes that an agent can make to their account. */

const { me } = api.admin;

/** Uploads a picture that is small enough already. Returns its URL. */
export async function setPicture(picture: Blob): Promise<string> {
  const { image } = await callAsAgent(({ init }) =>
    me.picture.$put({}, { init: { ...init, body: picture } }),
  );
  return image;
}

export async function removePicture(): Promise<void> {
  await callAsAgent((options) => me.picture.$delete({}, options));
}

/** Ends the other sessions. A refusal's fields are `current` and `next`. */
export async function changePassword(current: string, next: string): Promise<void> {
  await callAsAgent((options) => me.password.$post({ json: { current, next } }, options));
}

/** Whether the installation can send e-mails, which confirming an address needs. */
export async function sendsMail(): Promise<boolean> {
  const { sends_mail } = await callAsAgent((options) => api.admin.team.$get({}, options));
  return sends_mail;
}

/** E-mails a link to the new address. The change takes effect when the link is followed. */
export async function changeAddress(email: string, password: string): Promise<void> {
  await callAsAgent((options) => me.address.$post({ json: { email, password } }, options));
}

/** E-mails a link that confirms the current address. */
export async function askToConfirmAddress(): Promise<void> {
  await callAsAgent((options) => me['confirm-address'].$post({}, options));
}

/** Follows such a link, signed in or not. Returns the confirmed address. */
export async function confirmAddress(token: string): Promise<string> {
  const { email } = await call((options) =>
    api.address.confirm.$post({ json: { token } }, options),
  );
  return email;
}

export async function listSessions(): Promise<AgentSession[]> {
  const { items } = await callAsAgent((options) => me.sessions.$get({}, options));
  return items;
}

export async function endSession(id: string): Promise<void> {
  await callAsAgent((options) => me.sessions[':id'].$delete({ param: { id } }, options));
}

export async function endOtherSessions(): Promise<void> {
  await callAsAgent((options) => me.sessions.$delete({}, options));
}

/** The URI for an authenticator app, and the backup codes. It takes effect once confirmed. */
export type SecondFactor = InferResponseType<(typeof me)['two-factor']['$post'], 201>;

export function beginSecondFactor(password: string): Promise<SecondFactor> {
  return callAsAgent((options) => me['two-factor'].$post({ json: { password } }, options));
}

export async function confirmSecondFactor(code: string): Promise<void> {
  await callAsAgent((options) => me['two-factor'].confirm.$post({ json: { code } }, options));
}

export async function disableSecondFactor(password: string): Promise<void> {
  await callAsAgent((options) => me['two-factor'].disable.$post({ json: { password } }, options));
}

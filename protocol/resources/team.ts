import { z } from 'zod';
import { member, memberRole } from './member.ts';
import { preferences } from './preferences.ts';

/** The person who is signed in, their organization, and what they chose for themselves. */
export const me = z.object({
  user: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    /** Whether the person proved by mail that the address is theirs. */
    email_verified: z.boolean(),
    /** The address of their picture. */
    image: z.string().nullable(),
    /** Whether signing in asks for a second factor. */
    two_factor: z.boolean(),
  }),
  organization: z.object({ id: z.string(), name: z.string(), slug: z.string() }),
  role: memberRole,
  /** The departments whose conversations they see (visibility.ts); left out: all. */
  departments: z.array(z.string()).optional(),
  preferences,
});

/** Somebody of the organization, as the team's page shows them. */
export const teamMember = member.extend({
  /** Whether this person proved by mail that the address is theirs. */
  email_verified: z.boolean(),
  image: z.string().nullable(),
  two_factor: z.boolean(),
  joined_at: z.iso.datetime(),
});
export type TeamMember = z.infer<typeof teamMember>;

/** One of somebody's passkeys, as their profile shows it. */
export const passkey = z.object({
  id: z.uuid(),
  name: z.string(),
  created_at: z.iso.datetime(),
  /** Null until it signed in for the first time. */
  last_used_at: z.iso.datetime().nullable(),
});
export type Passkey = z.infer<typeof passkey>;

/** What `navigator.credentials.create` needs to make a passkey. */
export const passkeyCreation = z.object({
  /** Signed as UTF-8. */
  challenge: z.string(),
  host: z.string(),
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  /** COSE's numbers, the preferred one first. */
  algorithms: z.array(z.number().int()),
  /** Ids of passkeys that there are, so that a device does not make a second one; base64url. */
  existing: z.array(z.string()),
});
export type PasskeyCreation = z.infer<typeof passkeyCreation>;

export const invitation = z.object({
  id: z.uuid(),
  email: z.string(),
  role: memberRole,
  invited_by: z.string(),
  expires_at: z.iso.datetime(),
  /** What to pass on; null for people who may not give this role. */
  link: z.string().nullable(),
});
export type Invitation = z.infer<typeof invitation>;

/** `sent`: whether a mail is on its way; else the link must be passed on. */
export const invited = z.object({ invitation, sent: z.boolean() });

/** What became of one of several addresses. */
export const inviteOutcome = z.object({
  /** As it was given. */
  email: z.string(),
  /**
   * `invited`: a mail is on its way. `not_mailed`: the link must be passed on. `too_many`: as many
   * invitations are pending as there may be.
   */
  outcome: z.enum(['invited', 'not_mailed', 'member', 'invalid', 'too_many']),
  /** The link to pass on; null where there is no invitation. */
  link: z.string().nullable(),
});
export type InviteOutcome = z.infer<typeof inviteOutcome>;

/** An invitation as who was invited sees it. */
export const openInvitation = z.object({
  organization: z.string(),
  email: z.string(),
  role: memberRole,
  invited_by: z.string(),
  /** Whether the link was mailed to the address; what it opens is then proven to be theirs. */
  mailed: z.boolean(),
  /** Whether the address has an account, whose password is then asked for. False for shown links. */
  has_account: z.boolean(),
  /** Whether the other is possible, too: a new account, or the password of one. */
  choice: z.boolean(),
});

/** What holds for all agents of an organization. */
export const team = z.object({
  /** Whether the installation sends mails; else links are passed on by hand. */
  sends_mail: z.boolean(),
  /** Whether agents see only the departments that they serve; owners and admins see all. */
  restrict_agents: z.boolean(),
});

export const passwordLink = z.object({ link: z.string(), minutes: z.number() });

/** Where an agent is signed in. */
export const agentSession = z.object({
  id: z.string(),
  user_agent: z.string().nullable(),
  ip_address: z.string().nullable(),
  created_at: z.iso.datetime(),
  /** When it was used last, to the day. */
  used_at: z.iso.datetime(),
  /** When it ends where it is not used again. */
  ends_at: z.iso.datetime(),
  /** Whether it is the session that asks. */
  current: z.boolean(),
});
export type AgentSession = z.infer<typeof agentSession>;

/** A second factor to be set up: what an authenticator app reads, and codes for when it is lost. */
export const secondFactor = z.object({ totpURI: z.string(), backupCodes: z.array(z.string()) });

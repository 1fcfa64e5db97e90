import type { Mail } from './document.ts';

/**
 * Mails that tell people what was done to their account, or to a colleague's. They hold no link, so
 * that nobody learns to follow one in a mail like this.
 */

/** What was done to an account. `by` is the colleague who did it, where it was not its person. */
export type AccountEvent =
  | { kind: 'password_link'; by: string; minutes: number }
  | { kind: 'password_changed' }
  | { kind: 'factor_set_up' }
  | { kind: 'factor_switched_off' }
  | { kind: 'factor_removed'; by: string }
  | { kind: 'passkey_added' }
  | { kind: 'passkey_removed' }
  | { kind: 'signed_in'; at: Date };

const NOT_YOU =
  'If this was not you, choose a new password at once, and tell an owner of your team.';

/** For the person whose account it is. */
export function accountMail(to: string, event: AccountEvent): Mail {
  const { subject, text, note } = forPerson(event);
  return {
    kind: 'account_notice',
    to,
    subject,
    blocks: [
      { kind: 'paragraph', text },
      { kind: 'note', text: note },
    ],
  };
}

/** For an owner, about what a colleague did to another member's account. */
export function ownerMail(
  to: string,
  about: { member: string; organization: string },
  event: Extract<AccountEvent, { by: string }>,
): Mail {
  const { member, organization } = about;
  const did =
    event.kind === 'password_link'
      ? `created a password reset link for ${member}`
      : `switched off the second factor of ${member}`;
  return {
    kind: 'account_notice',
    to,
    subject: `${event.by} ${did}`,
    blocks: [
      {
        kind: 'paragraph',
        text: `In ${organization} on Foyer, ${event.by} ${did}. ${member} was told as well, if their address can receive e-mail.`,
      },
      {
        kind: 'note',
        text: 'You get this because you are an owner. If you did not expect it, ask them.',
      },
    ],
  };
}

function forPerson(event: AccountEvent): { subject: string; text: string; note: string } {
  switch (event.kind) {
    case 'password_link':
      return {
        subject: 'A password reset link was created for your Foyer account',
        text: `${event.by} created a link that sets a new password for your account. It works for ${event.minutes} minutes.`,
        note: 'If you did not ask for this, tell an owner of your team at once.',
      };
    case 'password_changed':
      return {
        subject: 'Your password for Foyer was changed',
        text: 'Your Foyer account has a new password. Your other sessions have ended.',
        note: NOT_YOU,
      };
    case 'factor_set_up':
      return {
        subject: 'A second factor was added to your Foyer account',
        text: 'Signing in to your Foyer account now asks for a code as well as the password.',
        note: NOT_YOU,
      };
    case 'factor_switched_off':
      return {
        subject: 'Your second factor for Foyer was switched off',
        text: 'You now sign in to Foyer with your password only.',
        note: NOT_YOU,
      };
    case 'factor_removed':
      return {
        subject: 'Your second factor for Foyer was switched off',
        text: `${event.by} switched off your second factor. You now sign in with your password only. You can set up a new second factor in your profile.`,
        note: 'If you did not ask for this, change your password and talk to them.',
      };
    case 'passkey_added':
      return {
        subject: 'A passkey was added to your Foyer account',
        text: 'Your Foyer account has a new passkey. It signs you in without a password or a code.',
        note: 'If this was not you, remove it in your profile at once, end the other sessions there, and tell an owner of your team.',
      };
    case 'passkey_removed':
      return {
        subject: 'A passkey was removed from your Foyer account',
        text: 'A passkey of your Foyer account was removed. It can no longer be used to sign in.',
        note: 'If this was not you, end the other sessions in your profile at once, and tell an owner of your team.',
      };
    case 'signed_in':
      return {
        subject: 'A new sign-in to your Foyer account',
        text: `Somebody, probably you, signed in to your Foyer account in a new browser on ${utc(event.at)}.`,
        note: NOT_YOU,
      };
  }
}

/** As `2026-11-28, 14:05 UTC`. */
function utc(time: Date): string {
  const iso = time.toISOString();
  return `${iso.slice(0, 10)}, ${iso.slice(11, 16)} UTC`;
}

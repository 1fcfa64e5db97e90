import type { Mail } from './document.ts';

/** The mails that Foyer sends to agents. Links are whole addresses. */

export function invitationMail(
  to: string,
  about: { organization: string; inviter: string; link: string; days: number },
): Mail {
  const { organization, inviter, link, days } = about;
  return {
    to,
    subject: `${inviter} invites you to ${organization} on Foyer`,
    blocks: [
      {
        kind: 'paragraph',
        text: `${inviter} invites you to answer conversations for ${organization}.`,
      },
      { kind: 'action', label: 'Accept the invitation', url: link },
      {
        kind: 'note',
        text: `The link works for ${days} days, and for you alone: pass it on to nobody. If you expected no invitation, you need do nothing.`,
      },
    ],
  };
}

export function passwordMail(to: string, link: string, minutes: number): Mail {
  return {
    to,
    subject: 'Choose a new password for Foyer',
    blocks: [
      { kind: 'paragraph', text: 'Somebody, probably you, asked for a new password for Foyer.' },
      { kind: 'action', label: 'Choose a new password', url: link },
      {
        kind: 'note',
        text: `The link works once, for ${minutes} minutes. If it was not you, your password stays as it is.`,
      },
    ],
  };
}

export function addressMail(to: string, link: string, hours: number): Mail {
  return {
    to,
    subject: 'Confirm your e-mail address for Foyer',
    blocks: [
      { kind: 'paragraph', text: 'Confirm that this address is yours.' },
      { kind: 'action', label: 'Confirm the address', url: link },
      { kind: 'note', text: `The link works for ${hours} hours.` },
    ],
  };
}

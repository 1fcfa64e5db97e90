import type { Message } from '../../protocol/conversation/message.ts';
import type { Block, Mail } from './document.ts';
import { writtenOut } from './message-text.ts';

/** The mails that Foyer sends. Links are whole addresses. */

export function invitationMail(
  to: string,
  about: { organization: string; inviter: string; link: string; days: number },
): Mail {
  const { organization, inviter, link, days } = about;
  return {
    kind: 'invitation',
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
        text: `The link works for ${days} days and is for you only: don't share it. If you did not expect an invitation, you can ignore this e-mail.`,
      },
    ],
  };
}

export function passwordMail(to: string, link: string, minutes: number): Mail {
  return {
    kind: 'password',
    to,
    subject: 'Choose a new password for Foyer',
    blocks: [
      { kind: 'paragraph', text: 'Somebody, probably you, asked for a new password for Foyer.' },
      { kind: 'action', label: 'Choose a new password', url: link },
      {
        kind: 'note',
        text: `The link works once, for ${minutes} minutes. If this was not you, ignore this e-mail: your password does not change.`,
      },
    ],
  };
}

export function signInMail(to: string, link: string, minutes: number): Mail {
  return {
    kind: 'sign_in',
    to,
    subject: 'Sign in to Foyer',
    blocks: [
      {
        kind: 'paragraph',
        text: 'Somebody, probably you, asked for a link that signs in to Foyer.',
      },
      { kind: 'action', label: 'Sign in', url: link },
      {
        kind: 'note',
        text: `The link works once, for ${minutes} minutes, and opens your account: don't share it. If this was not you, ignore this e-mail.`,
      },
    ],
  };
}

export function addressMail(to: string, link: string, hours: number): Mail {
  return {
    kind: 'address',
    to,
    subject: 'Confirm your e-mail address for Foyer',
    blocks: [
      { kind: 'paragraph', text: 'Confirm that you use this address for your account on Foyer.' },
      { kind: 'action', label: 'Confirm the address', url: link },
      {
        kind: 'note',
        text: `The link works for ${hours} hours, in a browser that is signed in to that account. If you did not ask for this, ignore this e-mail.`,
      },
    ],
  };
}

export function newAddressMail(
  to: string,
  { name, before, link, hours }: { name: string; before: string; link: string; hours: number },
): Mail {
  return {
    kind: 'address',
    to,
    subject: 'Confirm your new e-mail address for Foyer',
    blocks: [
      {
        kind: 'paragraph',
        text: `${name} wants to sign in to Foyer with this address instead of ${before}.`,
      },
      { kind: 'action', label: 'Confirm the new address', url: link },
      {
        kind: 'note',
        text: `The link works once, for ${hours} hours. If this was not you, ignore this e-mail: the old address stays.`,
      },
    ],
  };
}

/** For the old address, once it is replaced: whoever took the account over did not ask it. */
export function oldAddressMail(to: string, now: string): Mail {
  return {
    kind: 'address_changed',
    to,
    subject: 'Your e-mail address for Foyer was changed',
    blocks: [
      {
        kind: 'paragraph',
        text: `You now sign in to Foyer as ${now}, and Foyer sends e-mail there.`,
      },
      {
        kind: 'note',
        text: 'If this was not you, tell an owner or admin of your team at once.',
      },
    ],
  };
}

/**
 * What was written in a conversation, for its visitor; times in UTC. The address is whatever somebody
 * gave, so the mail says what it is, and speaks in our name only where an agent did: what the visitor
 * wrote is quoted, without the name that they gave, and nothing in it is a link.
 */
export function transcriptMail(
  to: string,
  { department, messages }: { department: string; messages: readonly Message[] },
): Mail {
  return {
    kind: 'transcript',
    to,
    subject: `Your conversation with ${department}`,
    blocks: [
      {
        kind: 'note',
        text: `A visitor of ${department}'s chat asked for this copy of their conversation to be sent to you. Only the team's messages are from ${department}; the visitor's are quoted. If you did not ask for it, ignore this mail.`,
      },
      ...messages.flatMap(({ sender, body, file, sent_at }): Block[] => {
        const time = sent_at.slice(0, 16).replace('T', ' ');
        const isVisitor = sender.kind === 'visitor';
        const text = isVisitor ? body : writtenOut(body);
        const content = [text, file && `[${file.name}]`].filter(Boolean).join(' ');
        if (isVisitor) {
          return [
            { kind: 'paragraph', text: `The visitor wrote, ${time} UTC:` },
            { kind: 'quote', text: content },
          ];
        }
        return [
          { kind: 'paragraph', text: `${sender.name ?? department}, ${time} UTC: ${content}` },
        ];
      }),
    ],
  };
}

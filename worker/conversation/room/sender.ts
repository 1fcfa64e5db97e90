import type { Actor } from '../../../protocol/conversation/actor.ts';
import {
  type Message,
  type Sender,
  actorOf as writerOf,
} from '../../../protocol/conversation/message.ts';
import { actorOf, type Principal } from '../../auth/principal.ts';
import type { Founding } from '../state/state.ts';

/** The sender under whose name the visitor reads a principal's message. */

/** The id of a conversation's customer: entries name the visitor by it. */
export function customerIdOf({ widget_customer_id, customer_id }: Founding): string {
  return widget_customer_id ?? customer_id ?? '';
}

/**
 * Under what name a message is shown. Whatever is neither the visitor nor an agent is shown as the
 * system, which every widget knows. The name of an API key is the organization's own, so a visitor
 * does not read it.
 *
 * @param name what Foyer calls itself in this message; null: as the widget calls the team
 */
export function senderOf(principal: Principal, founding: Founding, name: string | null): Sender {
  switch (principal.role) {
    case 'visitor':
      return { kind: 'visitor', id: customerIdOf(founding), name: founding.customer.full_name };
    case 'agent':
      return { kind: 'agent', id: principal.id, name: principal.name };
    case 'bot':
      return { kind: 'system', id: principal.id, name: principal.name };
    case 'api_key':
      return { kind: 'system', id: principal.id, name };
    case 'system':
      return { kind: 'system', id: 'system', name };
  }
}

/** Whether the principal wrote that entry. A person who was renamed since is the same one. */
export function isWriter(principal: Principal, founding: Founding, entry: Message): boolean {
  return identityOf(actorOf(principal, customerIdOf(founding))) === identityOf(writerOf(entry));
}

function identityOf(actor: Actor): string {
  const cause = actor.kind === 'system' ? actor.cause : null;
  return JSON.stringify([actor.kind, cause, actor.id ?? null]);
}

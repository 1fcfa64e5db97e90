import type { Principal, System } from '../../auth/principal.ts';
import { openDatabase } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { findFounding } from '../../features/conversations/store/one.ts';
import type { ConversationRow } from '../../features/conversations/store/rows.ts';
import type { WidgetCustomerRow } from '../../features/customers/store.ts';
import { restraintOf } from '../../features/visitor-sessions/standing.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { type Result, unwrap } from '../../kernel/result.ts';
import { selectedProtocol } from '../../kernel/sockets/subprotocol.ts';
import type { Founding } from '../state/state.ts';
import { type Agent, visitorIdsOf, WHO_HEADER, type Who } from '../who.ts';
import { conversationObject } from './address.ts';

/** How the Worker calls a conversation's object for a principal whom it has verified. */

type Stub = ReturnType<typeof conversationObject>;

/**
 * Calls the object. Where the object answers 404, the Worker may have died between writing the row and
 * creating the object: if the row is there and the principal's, the object is created and called again.
 *
 * @throws FoyerError the object's refusal; not_found where the conversation is not the principal's
 */
export async function callConversation<Value, By extends Principal>(
  env: Env,
  by: By,
  conversationId: string,
  call: (conversation: Stub, by: By | Agent) => Promise<Result<Value>>,
): Promise<Value> {
  const conversation = conversationObject(env, by.organization_id, conversationId);
  const result = await call(conversation, by);
  if (result.ok || result.code !== 'not_found') return unwrap(result);
  if (!(await createFromRow(env, by, conversationId))) throw new FoyerError('not_found');
  return unwrap(await call(conversation, by.role === 'system' ? asFormerly(by) : by));
}

/**
 * Foyer as objects of the version before know it, which may still run for minutes after a deploy: an
 * agent who sees everything. To be removed once that version is gone.
 */
function asFormerly({ organization_id, by, request }: System): Agent {
  const id = by.id ?? 'system';
  const name = ('name' in by && by.name) || '';
  return { role: 'agent', organization_id, id, name, session_id: '', request };
}

/** Opens a socket. The Worker has verified the person; the object checks whether it is theirs. */
export async function openConversationSocket(
  env: Env,
  person: Who,
  conversationId: string,
  request: Request,
): Promise<Response> {
  const conversation = conversationObject(env, person.organization_id, conversationId);
  const upgrade = () =>
    conversation.fetch('https://object/socket', {
      headers: {
        upgrade: 'websocket',
        [WHO_HEADER]: headerOf(person),
        ...selectedProtocol(request),
      },
    });
  let response = await upgrade();
  if (response.status === 404 && (await createFromRow(env, person, conversationId))) {
    response = await upgrade();
  }
  // A refusal as one that the Worker may still add headers to.
  return response.status === 101 ? response : new Response(response.body, response);
}

/** A header holds bytes; a name may be in any script. */
export function headerOf(person: Who): string {
  return JSON.stringify(person).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

async function createFromRow(
  env: Env,
  person: Principal,
  conversationId: string,
): Promise<boolean> {
  const row = await findFounding(openDatabase(env), person.organization_id, conversationId);
  if (!row) return false;
  if (person.role === 'visitor' && !visitorIdsOf(person).includes(row.customer.visitor_id)) {
    return false;
  }
  const founding = foundingOf(row.conversation, row.customer);
  unwrap(await conversationObject(env, person.organization_id, conversationId).found(founding));
  return true;
}

/**
 * What a conversation's object must know of the row that was made for it.
 *
 * @param external_id the site's own id of a registered customer, where it is known
 */
export function foundingOf(
  conversation: ConversationRow,
  customer: WidgetCustomerRow,
  external_id: string | null = null,
): Founding {
  return {
    id: conversation.id,
    organization_id: conversation.organization_id,
    widget_customer_id: conversation.widget_customer_id,
    customer_id: conversation.customer_id,
    visitor_id: customer.visitor_id,
    customer: { full_name: customer.full_name, email: customer.email },
    department_id: conversation.department_id,
    previous_conversation_id: conversation.previous_conversation_id,
    created_at: conversation.created_at.toISOString(),
    ...restraintOf(customer),
    record: {
      pre_chat_data: conversation.pre_chat_data,
      page_url: conversation.page_url,
      referrer: conversation.referrer,
      phone: customer.phone,
      city: customer.city,
      country: customer.country,
      external_id,
    },
  };
}

import type { z } from 'zod';
import { type Actor, systemFor } from '../../../protocol/conversation/actor.ts';
import { visitorStatus } from '../../../protocol/conversation/conversation.ts';
import type { StartedConversation } from '../../../protocol/conversation/visitor-conversation.ts';
import { customerIdOf, type Identity } from '../../auth/identity.ts';
import type { System } from '../../auth/principal.ts';
import { conversationObject } from '../../conversation/calls/address.ts';
import { callConversation, foundingOf } from '../../conversation/calls/call-conversation.ts';
import { ownVisitorId, sessionOf, type Visitor } from '../../conversation/who.ts';
import type { Database } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { unwrap } from '../../kernel/result.ts';
import { utf8Length } from '../../kernel/utf8.ts';
import { tellName } from '../customers/change-customer.ts';
import { mustFit } from '../customers/fields-quota.ts';
import type { Registered } from '../customers/registered-store.ts';
import { type CustomerDetails, findByVisitors, toCustomer } from '../customers/store.ts';
import { ADDRESS_FIELD, formFor } from '../departments/closed-form.ts';
import { checkAnswers, type visitorData } from '../departments/pre-chat.ts';
import { standingOf } from '../departments/reception.ts';
import { mustNotBegin, noteBeginning } from '../quotas/beginnings.ts';
import { quotasOf } from '../quotas/quotas.ts';
import { findDepartment, findScheduleId } from '../settings/store.ts';
import { originalAnswers } from '../translations/own-texts.ts';
import { refusalOf, restraintOf } from '../visitor-sessions/standing.ts';
import { type Start, type Started, startConversation } from './store/start.ts';

type Request = {
  departmentId: string;
  preChatData: Record<string, string>;
  customerData: z.infer<typeof visitorData>;
  previousConversationId: string | null;
  page: { url?: string | null | undefined; referrer?: string | null | undefined };
  browser: Start['browser'];
  /** Whom the site vouches for; `visitor` names the same person. */
  identity: Identity | undefined;
};

/**
 * Opens a visitor's conversation in a department: the one that is open there, or a new one. First
 * the rows, then the object; each step may be done again, so a request that died half way is made
 * up for by the next.
 *
 * @throws FoyerError not_found for the department or the previous conversation, validation_failed,
 *   rate_limited, human_check_required
 */
export async function open(
  env: Env,
  db: Database,
  visitor: Visitor,
  request: Request,
): Promise<{ conversation: StartedConversation; is_new: boolean }> {
  const { organization_id } = visitor;
  const registered = registeredOf(organization_id, request.identity);
  const [department, hours] = await Promise.all([
    findDepartment(db, organization_id, request.departmentId),
    findScheduleId(db, organization_id),
  ]);
  if (!department?.visible) throw noDepartment();
  const standing = await standingOf(env, db, organization_id, department, hours);
  if (standing === 'hidden') throw noDepartment();
  const isAddressNeeded = standing === 'closed' && !(await hasAddress(db, visitor, request));
  const { answers, details } = checkAnswers(
    formFor(department.pre_chat_fields, request.preChatData, isAddressNeeded),
    originalAnswers(department.pre_chat_fields, department.translations, request.preChatData),
    request.customerData,
  );
  // It is the customer's, and no field of the department's form.
  delete answers[ADDRESS_FIELD];
  const quotas = quotasOf(env);
  const fieldBytes = mustFit(quotas.customer_bytes, {
    preChatData: answers,
    'customerData.customFields': request.customerData.customFields,
  });
  const { url, referrer } = request.page;
  const texts = [url, referrer, request.browser.user_agent].map((text) => utf8Length(text ?? ''));
  const bytes = texts.reduce((sum, length) => sum + length, fieldBytes);
  const untold = await mustNotBegin(env, db, visitor, bytes);
  const previous = request.previousConversationId;
  if (previous) await callConversation(env, visitor, previous, (object) => object.look(visitor));
  const started = await startOpen(env, db, visitor, untold, {
    visitor_id: ownVisitorId(visitor),
    session: sessionOf(visitor),
    department_id: department.id,
    previous_conversation_id: previous,
    pre_chat_data: answers,
    // What the site vouches for goes before what somebody typed.
    details: { ...details, ...detailsOf(request.identity) },
    custom_fields: {
      ...request.customerData.customFields,
      ...request.identity?.custom_fields,
    },
    registered,
    page_url: url ?? null,
    referrer: referrer ?? null,
    browser: request.browser,
    quotas,
    now: new Date(),
  });
  const { conversation, widget_customer, is_new, renamed_by } = started;
  if (previous && previous !== conversation.id) {
    await callConversation(env, visitor, previous, (object) =>
      object.close(visitor, 'department_changed'),
    );
  }
  if (renamed_by) {
    const teller = renamed_by.kind === 'visitor' ? visitor : ofFoyer(visitor, renamed_by);
    await tellName(env, db, teller, widget_customer);
  }
  return {
    conversation: {
      id: conversation.id,
      organization_id,
      department_id: conversation.department_id,
      widget_customer_id: conversation.widget_customer_id,
      customer_id: conversation.customer_id,
      status: visitorStatus(conversation.status, conversation.first_response_at !== null),
      pre_chat_data: conversation.pre_chat_data,
      previous_conversation_id: conversation.previous_conversation_id,
      created_at: conversation.created_at.toISOString(),
      widget_customer: toCustomer(widget_customer),
      department: { id: department.id, name: department.name },
    },
    is_new,
  };
}

/** Whether there is an e-mail address at which the visitor can be answered. */
async function hasAddress(db: Database, visitor: Visitor, request: Request): Promise<boolean> {
  if (request.identity?.email || request.customerData.email) return true;
  const { visitor_ids } = sessionOf(visitor);
  const records = await findByVisitors(db, visitor.organization_id, visitor_ids);
  return records.some(({ email }) => email !== null);
}

/** Of one that is hidden, archived, deleted or another tenant's alike. */
function noDepartment(): FoyerError {
  const message = "This department doesn't exist.";
  return new FoyerError('not_found', {
    message,
    fields: { departmentId: message },
    reasons: { departmentId: 'not_available' },
  });
}

/**
 * The rows and the object. The object is the truth: one that the rows still call open may have been
 * closed a moment ago, and then it brings its row up to date and a new one is started.
 */
async function startOpen(
  env: Env,
  db: Database,
  visitor: Visitor,
  /** Bytes of what it begins with that are still to be counted. */
  untold: number,
  start: Start,
): Promise<Started> {
  const { organization_id: organizationId, address } = visitor;
  const started = await startConversation(db, organizationId, start);
  const object = conversationObject(env, organizationId, started.conversation.id);
  const external = start.registered?.external_id;
  const founding = foundingOf(started.conversation, started.widget_customer, external);
  const summary = unwrap(await object.found(founding, address, untold));
  if (started.is_new) noteBeginning(organizationId, address);
  if (started.is_new && started.widget_customer.total_conversations > 1) {
    await lookAgain(env, db, visitor, founding.id);
  }
  if (started.is_new || summary.status !== 'closed') return started;
  if (!(await object.settle())) throw new FoyerError('unavailable');
  const again = await startConversation(db, organizationId, start);
  const next = conversationObject(env, organizationId, again.conversation.id);
  const seed = foundingOf(again.conversation, again.widget_customer, external);
  unwrap(await next.found(seed, address, untold));
  if (again.is_new) noteBeginning(organizationId, address);
  return again;
}

/**
 * A block writes its row and then lists the conversations, a start writes its rows and then looks here:
 * one of the two sees the other. A newcomer's record is as old as the conversation.
 *
 * @throws FoyerError blocked, session_expired
 */
async function lookAgain(env: Env, db: Database, visitor: Visitor, id: string): Promise<void> {
  const { organization_id } = visitor;
  const session = sessionOf(visitor);
  const records = await findByVisitors(db, organization_id, session.visitor_ids);
  const refusal = refusalOf(records, session.issued_at ?? 0);
  if (!refusal) return;
  const own = records.find(({ visitor_id }) => visitor_id === ownVisitorId(visitor));
  if (own) {
    const record = ofFoyer(visitor, systemFor('customer_record'));
    await callConversation(env, record, id, (object, by) => object.restrain(by, restraintOf(own)));
  }
  throw new FoyerError(refusal);
}

/** Foyer itself, in the organization and the request of a visitor. */
function ofFoyer({ organization_id, request }: Visitor, by: Actor): System {
  return { role: 'system', organization_id, by, request };
}

function registeredOf(organizationId: string, identity: Identity | undefined): Registered | null {
  if (!identity) return null;
  const { external_id, custom_fields } = identity;
  return {
    id: customerIdOf(organizationId, external_id),
    external_id,
    ...detailsOf(identity),
    ...(custom_fields && { custom_fields }),
  };
}

function detailsOf(identity: Identity | undefined): CustomerDetails {
  const { full_name, email, phone } = identity ?? {};
  return { ...(full_name && { full_name }), ...(email && { email }), ...(phone && { phone }) };
}

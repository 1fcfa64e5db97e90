import { z } from 'zod';
import { conversationStatus, conversationSummary } from './conversation.ts';
import { closedReason } from './events/closed.ts';
import { departmentTranslations, widgetTranslations } from './translations.ts';

/** What both sides of the HTTP API call things. Resources are snake_case, requests camelCase. */

const time = z.iso.datetime();

/** Fields of the types name, email and phone also fill the customer's record. */
export const preChatField = z.object({
  id: z.string(),
  label: z.string(),
  type: z.enum(['name', 'email', 'phone', 'text', 'textarea', 'select']),
  required: z.boolean(),
  /** The choices of a select; empty for the others. */
  options: z.array(z.string()),
});
export type PreChatField = z.infer<typeof preChatField>;

export const department = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  pre_chat_fields: z.array(preChatField),
});
export type Department = z.infer<typeof department>;

/** A department as visitors choose it. */
export const openDepartment = department.extend({
  /** Who of those who serve it is there now. */
  online: z.array(z.object({ name: z.string() })),
  /** Seconds in which one usually gets an answer; null while too few were answered to say. */
  reply_seconds: z.number().int().nullable(),
  /** Both in words, a line each, in the language of the widget that suits the visitor. */
  presence: z.string(),
});
export type OpenDepartment = z.infer<typeof openDepartment>;

/** A department as its organization sets it up; an archived one is kept for its conversations. */
export const departmentRecord = department.extend({
  position: z.number().int(),
  /** Whether visitors may choose it. */
  visible: z.boolean(),
  /** What visitors see of it while nobody who serves it is there. */
  offline: z.enum(['show', 'hide']),
  archived_at: time.nullable(),
  /** The users who serve it. */
  member_ids: z.array(z.string()),
  /** Its texts in further languages. */
  translations: departmentTranslations,
});
export type DepartmentRecord = z.infer<typeof departmentRecord>;

export const customFields = z.record(z.string(), z.string());
export type CustomFields = z.infer<typeof customFields>;

/** The part of a widget_customer that goes to its own browser. */
export const widgetCustomer = z.object({
  id: z.string(),
  visitor_id: z.string(),
  email: z.string().nullable(),
  full_name: z.string().nullable(),
  phone: z.string().nullable(),
  custom_fields: customFields,
});
export type WidgetCustomer = z.infer<typeof widgetCustomer>;

/** The whole record, for agents. */
export const widgetCustomerRecord = widgetCustomer.extend({
  organization_id: z.string(),
  user_agent: z.string().nullable(),
  ip_address: z.string().nullable(),
  country: z.string().nullable(),
  city: z.string().nullable(),
  first_seen_at: time,
  last_seen_at: time,
  total_conversations: z.number().int(),
  /** The registered customer that this one is. */
  customer_id: z.string().nullable(),
  /** Since when the organization wishes to hear no more from them. */
  blocked_at: time.nullable(),
});
export type WidgetCustomerRecord = z.infer<typeof widgetCustomerRecord>;

/** What an agent wrote down about a customer, for the others. */
export const customerNote = z.object({
  id: z.uuid(),
  author: z.object({ id: z.string(), name: z.string() }),
  body: z.string(),
  created_at: time,
});
export type CustomerNote = z.infer<typeof customerNote>;

/** A conversation in its visitor's list. */
export const visitorConversationItem = z.object({
  id: z.uuid(),
  organization_id: z.string(),
  department_id: z.string(),
  department: z.object({ id: z.string(), name: z.string() }),
  widget_customer_id: z.string().nullable(),
  customer_id: z.string().nullable(),
  status: conversationStatus,
  closed_reason: closedReason.nullable(),
  last_message_preview: z.string().nullable(),
  last_message_at: time.nullable(),
  /** Whether an agent wrote something that the visitor has not seen. */
  unread: z.boolean(),
  created_at: time,
  closed_at: time.nullable(),
});
export type VisitorConversationItem = z.infer<typeof visitorConversationItem>;

/** What picking a department answers. */
export const startedConversation = z.object({
  id: z.uuid(),
  organization_id: z.string(),
  department_id: z.string(),
  widget_customer_id: z.string().nullable(),
  customer_id: z.string().nullable(),
  status: conversationStatus,
  pre_chat_data: customFields,
  previous_conversation_id: z.string().nullable(),
  created_at: time,
  widget_customer: widgetCustomer,
  department: z.object({ id: z.string(), name: z.string() }),
});
export type StartedConversation = z.infer<typeof startedConversation>;

/** How an organization's widget looks and speaks. */
export const widgetSettings = z.object({
  organization: z.object({ id: z.string(), name: z.string() }),
  greeting: z.string().nullable(),
  /** CSS colour `#rrggbb`, or null for Foyer's own. */
  accent: z.string().nullable(),
  locale: z.string(),
});
export type WidgetSettings = z.infer<typeof widgetSettings>;

/** What is set of how it looks beside its colour. */
export const widgetLook = z.object({
  theme: z.enum(['auto', 'light', 'dark']),
  /** The launcher's side; null: where a line ends in the page's direction. */
  position: z.enum(['right', 'left']).nullable(),
  launcher: z.enum(['icon', 'text']),
  /** What a launcher with words says. */
  launcher_text: z.string().nullable(),
});
export type WidgetLook = z.infer<typeof widgetLook>;

/**
 * Who passes a human check before a conversation begins: whoever is suspected, or everybody. It asks
 * nobody where the installation has none configured.
 */
export const humanCheckSetting = z.enum(['suspicion', 'always']);
export type HumanCheckSetting = z.infer<typeof humanCheckSetting>;

/** The same with what only those who manage it see. */
export const widgetSettingsRecord = widgetSettings.extend({
  /** What the embed names. */
  public_key: z.string(),
  /** Origins whose pages may show the widget; empty: any. */
  allowed_origins: z.array(z.string()),
  /**
   * When it was opened on a website, noted once a day at most, and on which, where that is one of the
   * allowed origins: what a page says of itself proves nothing. Null when it was not seen yet.
   */
  seen: z.object({ origin: z.string().nullable(), at: time }).nullable(),
  ...widgetLook.shape,
  human_check: humanCheckSetting,
  /** Megabytes of files of one visitor in a day (UTC); null: what the installation allows. */
  visitor_file_megabytes: z.int().nullable(),
  /** Whether the installation has a human check configured. */
  human_check_available: z.boolean(),
  /** The greeting in further languages. */
  translations: widgetTranslations,
});
export type WidgetSettingsRecord = z.infer<typeof widgetSettingsRecord>;

/** A text that agents use again; `{{customer.name}}` and `{{agent.name}}` stand for the names. */
export const cannedResponse = z.object({ id: z.uuid(), shortcut: z.string(), body: z.string() });
export type CannedResponse = z.infer<typeof cannedResponse>;

/** What a saved view asks of the list; what is left out is not asked. */
export const savedQuery = z.object({
  status: z.union([z.literal('open'), conversationStatus]).optional(),
  /** `me`, `none`, or a user's id. */
  assignee: z.string().max(100).optional(),
  department: z.string().max(100).optional(),
  label: z.string().max(100).optional(),
  /** Those whose notes name whoever looks. */
  mentioned: z.literal('me').optional(),
  q: z.string().max(200).optional(),
  sort: z.enum(['activity', 'waiting']).optional(),
});
export type SavedQuery = z.infer<typeof savedQuery>;

/** A queue that somebody put together and gave a name; `shared`: the whole team has it. */
export const savedView = z.object({
  id: z.uuid(),
  name: z.string(),
  query: savedQuery,
  shared: z.boolean(),
  /** The user who shared it, and may take it back; null where it is not shared, or nobody knows. */
  shared_by: z.string().nullable(),
  /** What the view asks for and the organization has no more: then it finds nothing, or not all. */
  missing: z.array(z.enum(['assignee', 'department', 'label'])),
});
export type SavedView = z.infer<typeof savedView>;

/** What agents sort conversations with; the colour is `#rrggbb`. */
export const label = z.object({ id: z.uuid(), name: z.string(), color: z.string() });
export type Label = z.infer<typeof label>;

/** A secret that the organization's own servers sign identities with, without what it is. */
export const identitySecretRecord = z.object({ id: z.uuid(), created_at: time });
export type IdentitySecretRecord = z.infer<typeof identitySecretRecord>;

export const widgetSession = z.object({
  sessionToken: z.string(),
  visitorToken: z.string(),
  visitor_id: z.string(),
  departments: z.array(openDepartment),
  settings: widgetSettings,
  /** What the visitor has said of themselves; null before their first conversation. */
  customer: widgetCustomer.pick({ full_name: true, email: true, phone: true }).nullable(),
  open_conversation: visitorConversationItem.nullable(),
  /** What became of the identity that the page gave; null when it gave none. */
  identity: z.enum(['verified', 'expired', 'invalid']).nullable(),
});
export type WidgetSession = z.infer<typeof widgetSession>;

/** A person whom the site itself vouches for, under its own id of them. */
export const registeredCustomer = z.object({
  id: z.string(),
  external_id: z.string(),
  email: z.string().nullable(),
  full_name: z.string().nullable(),
  phone: z.string().nullable(),
});

export type RegisteredCustomer = z.infer<typeof registeredCustomer>;

/** A conversation with everything that the agent's panel shows. */
export const conversationDetail = conversationSummary.extend({
  page_url: z.string().nullable(),
  referrer: z.string().nullable(),
  pre_chat_data: customFields,
  department: z.object({
    id: z.string(),
    name: z.string(),
    pre_chat_fields: z.array(preChatField),
  }),
  widget_customer: widgetCustomerRecord.nullable(),
  registered_customer: registeredCustomer.nullable(),
});
export type ConversationDetail = z.infer<typeof conversationDetail>;

export const memberRole = z.enum(['owner', 'admin', 'agent']);
export type MemberRole = z.infer<typeof memberRole>;

export const member = z.object({
  id: z.string(),
  user_id: z.string(),
  name: z.string(),
  email: z.string(),
  role: memberRole,
});
export type Member = z.infer<typeof member>;

/**
 * Open conversations in each queue, counted to `QUEUE_COUNT_CAP` and no further. `mentions`: those
 * whose note the agent has not seen. Departments and labels by their ids; who has none is not there.
 */
export const queueCounts = z.object({
  unassigned: z.number().int(),
  mine: z.number().int(),
  mentions: z.number().int(),
  all: z.number().int(),
  snoozed: z.number().int(),
  departments: z.record(z.string(), z.number().int()),
  labels: z.record(z.string(), z.number().int()),
});
export type QueueCounts = z.infer<typeof queueCounts>;

/** At this number a count means «this many or more»: counting reads no further (P8). */
export const QUEUE_COUNT_CAP = 100;

/** A page of a list; `next_cursor` is null on the last one. */
export type Page<Item> = { items: Item[]; next_cursor: string | null };

/** What is wrong with a field, for clients that say it in words of their own. */
export const fieldReason = z.enum([
  'required',
  'not_an_email',
  'not_a_phone_number',
  /** None of the form's options. */
  'not_a_choice',
  'too_long',
  /** The form has no such field, or no longer. */
  'unknown_field',
  /** What it names cannot be chosen, or no longer. */
  'not_available',
]);
export type FieldReason = z.infer<typeof fieldReason>;

/**
 * Every refusal's body. `fields` names each wrong field of a form, as `preChatData.field_1`, with a sentence in
 * English; `reasons` says the same as codes, for the fields that have one.
 */
export const apiError = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    fields: z.record(z.string(), z.string()).optional(),
    reasons: z.record(z.string(), fieldReason).optional(),
    /** With human_check_required: the public key with which a browser shows the check. */
    site_key: z.string().optional(),
  }),
});
export type ApiError = z.infer<typeof apiError>;

import { z } from 'zod';
import { departmentTranslations } from '../widget/translations.ts';

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

/** Whether somebody can be expected to answer. */
export const availability = z.object({
  /** By its hours and by who is there: `away` is open with nobody online. */
  state: z.enum(['online', 'away', 'closed']),
  /** While closed, when it opens next; null where it never does. */
  opens_at: time.nullable(),
  /** While closed, what the organization says of this day. */
  note: z.string().nullable(),
});
export type Availability = z.infer<typeof availability>;

/** A department as visitors choose it. */
export const openDepartment = department.extend({
  /** Who of those who serve it is there now. */
  online: z.array(z.object({ name: z.string() })),
  /** Seconds in which one usually gets an answer; null while too few were answered to say. */
  reply_seconds: z.number().int().nullable(),
  /** The same and when it opens, with the time in which it usually answers. */
  availability: availability.extend({ reply_seconds: z.number().int().nullable() }),
  /** All of it in words, a line each, in the language of the widget that suits the visitor. */
  presence: z.string(),
  /** What its form says before its fields, in the same language: why it asks for an address. Null: nothing. */
  notice: z.string().nullable(),
});
export type OpenDepartment = z.infer<typeof openDepartment>;

/**
 * Hours after which a department's conversations close whose visitors do not answer: as the
 * organization has it, never, or a time of its own.
 */
export const departmentAutoClose = z.union([z.enum(['inherit', 'off']), z.int()]);
export type DepartmentAutoClose = z.infer<typeof departmentAutoClose>;

/** A department as its organization sets it up; an archived one is kept for its conversations. */
export const departmentRecord = department.extend({
  position: z.number().int(),
  /** Whether visitors may choose it. */
  visible: z.boolean(),
  /** What visitors see of it while nobody who serves it is there. */
  offline: z.enum(['show', 'hide']),
  auto_close: departmentAutoClose,
  archived_at: time.nullable(),
  /** Its own opening hours; null: those of the organization. */
  schedule_id: z.string().nullable(),
  /** The users who serve it. */
  member_ids: z.array(z.string()),
  /** Its texts in further languages. */
  translations: departmentTranslations,
});
export type DepartmentRecord = z.infer<typeof departmentRecord>;

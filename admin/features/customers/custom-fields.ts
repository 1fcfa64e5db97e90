import type { CustomFields } from '../../../protocol/resources/customer.ts';
import type { PreChatField } from '../../../protocol/resources/department.ts';
import { isEmpty } from '../../../protocol/text/text.ts';

/**
 * The answers with the labels of their form fields: first those of this department's form, in its
 * order, then those of other forms, then those of removed fields, with their ids.
 */
export function labelledFields(
  answers: CustomFields,
  form: readonly PreChatField[],
  otherForms: readonly (readonly PreChatField[])[],
): { id: string; label: string; value: string }[] {
  const labels = new Map<string, string>();
  for (const field of [form, ...otherForms].flat()) {
    if (!labels.has(field.id)) labels.set(field.id, field.label);
  }
  const answeredIds = [...labels.keys()].filter((id) => Object.hasOwn(answers, id));
  const unknown = Object.keys(answers).filter((id) => !labels.has(id));
  return [...answeredIds, ...unknown]
    .map((id) => ({ id, label: labels.get(id) ?? id, value: answers[id] ?? '' }))
    .filter(({ value }) => !isEmpty(value));
}

type Contact = { full_name: string | null; email: string | null; phone: string | null };

/** The answers that say more than the customer's name, e-mail address and phone number do. */
export function withoutRepeats<Field extends { value: string }>(
  fields: readonly Field[],
  { full_name, email, phone }: Contact,
): Field[] {
  const comparable = (text: string) => text.trim().toLowerCase();
  const contacts = new Set([full_name, email, phone].map((text) => comparable(text ?? '')));
  return fields.filter(({ value }) => !contacts.has(comparable(value)));
}

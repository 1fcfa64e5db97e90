import { z } from 'zod';
import type { FieldReason } from '../../../protocol/error.ts';
import {
  MAX_CUSTOM_FIELD_LENGTH,
  MAX_CUSTOM_FIELDS,
  MAX_NAME_LENGTH,
} from '../../../protocol/limits.ts';
import type { CustomFields } from '../../../protocol/resources/customer.ts';
import type { PreChatField } from '../../../protocol/resources/department.ts';
import { isEmail, trimEmail } from '../../../protocol/text/email.ts';
import { isEmpty, lengthOf } from '../../../protocol/text/text.ts';
import { emailOrNothing, nameOrNothing, phoneOrNothing } from '../../http/input/fields.ts';
import { FoyerError } from '../../kernel/errors.ts';
import type { CustomerDetails } from '../customers/store.ts';

/** What a customer may say of themselves; an empty field says nothing. */
export const customerData = z.object({
  name: nameOrNothing.nullish(),
  email: emailOrNothing.nullish(),
  phone: phoneOrNothing.nullish(),
});

export const preChatData = z
  .record(z.string().max(100), z.string().max(MAX_CUSTOM_FIELD_LENGTH))
  .refine((answers) => Object.keys(answers).length <= MAX_CUSTOM_FIELDS, {
    message: `At most ${MAX_CUSTOM_FIELDS} fields.`,
  });

/** The same with what the page also passes on about its visitor. Nothing proves any of it. */
export const visitorData = customerData.extend({ customFields: preChatData.default({}) });

/**
 * Checks the answers against the department's form.
 *
 * @returns the answers without blanks, and what they say of the customer: `customerData` first,
 *   else the fields of the types name, email and phone
 * @throws FoyerError validation_failed naming each wrong field as `preChatData.<id>`, with its reason
 */
export function checkAnswers(
  form: readonly PreChatField[],
  fieldAnswers: CustomFields,
  customer: z.infer<typeof customerData>,
): { answers: CustomFields; details: CustomerDetails } {
  const wrong: Record<string, FieldReason> = {};
  const answers: CustomFields = {};
  const details: { name?: string; email?: string; phone?: string } = {};
  // A map has no fields of its own, as an object has `constructor`.
  const answered = new Map(Object.entries(fieldAnswers));
  for (const field of form) {
    const answer = tidied(field, answered.get(field.id) ?? '');
    const problem = problemOf(field, answer);
    if (problem) wrong[`preChatData.${field.id}`] = problem;
    else if (answer) {
      answers[field.id] = answer;
      if (field.type === 'name' || field.type === 'email' || field.type === 'phone') {
        details[field.type] ??= answer;
      }
    }
  }
  const ids = new Set(form.map(({ id }) => id));
  for (const id of Object.keys(fieldAnswers)) {
    if (!ids.has(id)) wrong[`preChatData.${id}`] = 'unknown_field';
  }
  const names = Object.entries(wrong);
  if (names.length > 0) {
    const fields = Object.fromEntries(names.map(([name, reason]) => [name, SENTENCES[reason]]));
    throw new FoyerError('validation_failed', { fields, reasons: wrong });
  }
  return { answers, details: { ...toDetails(details), ...toDetails(customer) } };
}

/** Only what was said; an absent or empty field leaves the record as it is. */
export function toDetails({ name, email, phone }: z.infer<typeof customerData>): CustomerDetails {
  return {
    ...(name && { full_name: name }),
    ...(email && { email }),
    ...(phone && { phone }),
  };
}

/** The answer without what is around it; '' where nothing of it can be seen. */
function tidied({ type }: PreChatField, answer: string): string {
  if (isEmpty(answer)) return '';
  return type === 'email' ? trimEmail(answer) : answer.trim();
}

const SENTENCES: Record<FieldReason, string> = {
  required: 'Required.',
  not_an_email: 'This is not an e-mail address.',
  not_a_phone_number: 'This is not a phone number.',
  not_a_choice: 'This is not one of the choices.',
  too_long: `At most ${MAX_NAME_LENGTH} characters.`,
  unknown_field: 'This form has no such field.',
  not_available: 'This is not available.',
};

function problemOf(field: PreChatField, answer: string): FieldReason | null {
  if (!answer) return field.required ? 'required' : null;
  switch (field.type) {
    case 'name':
      return lengthOf(answer) > MAX_NAME_LENGTH ? 'too_long' : null;
    case 'email':
      return isEmail(answer) ? null : 'not_an_email';
    case 'phone':
      return phoneOrNothing.safeParse(answer).success ? null : 'not_a_phone_number';
    case 'select':
      return field.options.includes(answer) ? null : 'not_a_choice';
    case 'text':
    case 'textarea':
      return null;
  }
}

import type { RequestError } from '../../../../protocol/client/http.ts';
import type { FieldReason } from '../../../../protocol/error.ts';
import type { PreChatField } from '../../../../protocol/resources/department.ts';
import { isEmail, trimEmail } from '../../../../protocol/text/email.ts';
import { isEmpty } from '../../../../protocol/text/text.ts';
import { r } from '../../ui/lazy/texts.ts';

/** A department's form and its answers, without the view. */

/** By the fields' ids. */
export type Answers = Record<string, string>;

const PREFIX = 'preChatData.';

/** What a field's answer is now: one that cannot be seen is none, nor is a choice that is not offered. */
export function answerTo(field: PreChatField, answers: Answers): string {
  const given = answers[field.id] ?? '';
  if (isEmpty(given)) return '';
  const answer = field.type === 'email' ? trimEmail(given) : given.trim();
  return field.type === 'select' && !field.options.includes(answer) ? '' : answer;
}

/** What is wrong with an answer, as far as the form itself can tell. */
export function complaint(field: PreChatField, answers: Answers): string | undefined {
  const value = answerTo(field, answers);
  if (!value) return field.required ? noAnswer(field, answers) : undefined;
  if (field.type === 'email' && !isEmail(value)) return r.badEmail;
  return undefined;
}

const noAnswer = (field: PreChatField, answers: Answers) =>
  isLostChoice(field, answers) ? r.badChoice : r.required;

/** Whether there is an answer that is not, or no longer, among the choices. */
const isLostChoice = (field: PreChatField, answers: Answers) =>
  field.type === 'select' && !!answers[field.id] && !answerTo(field, answers);

/** The sentence for a field's code; of one that this version does not know, that it cannot be sent. */
function sentence(reason: string | undefined): string {
  const texts: Partial<Record<FieldReason, string>> = {
    required: r.required,
    not_an_email: r.badEmail,
    not_a_phone_number: r.badPhone,
    not_a_choice: r.badChoice,
    too_long: r.refusals.payload_too_large,
  };
  const known = Object.entries(texts).find(([code]) => code === reason);
  return known?.[1] ?? r.refusals.validation_failed;
}

/** The fields that a refusal names. */
export const refusedIds = ({ fields }: RequestError) =>
  Object.keys(fields ?? {}).flatMap((path) =>
    path.startsWith(PREFIX) ? path.slice(PREFIX.length) : [],
  );

/**
 * What to say at the fields of a form whose answers the Worker refused. `fields` is the form as it is now,
 * which may be another one than was filled in.
 */
export function refusals(
  error: RequestError,
  fields: readonly PreChatField[],
  answers: Answers,
): Answers {
  const refused = new Set(refusedIds(error));
  const found = fields.flatMap((field): [string, string][] => {
    const own = complaint(field, answers);
    if (own) return [[field.id, own]];
    // A choice that is not asked for, and no longer offered, is to be made again.
    if (isLostChoice(field, answers)) return [[field.id, r.badChoice]];
    return refused.has(field.id) ? [[field.id, sentence(error.reasons?.[PREFIX + field.id])]] : [];
  });
  return Object.fromEntries(found);
}

/** The form as it is now. A field that is as it was stays the same object, and so keeps its place. */
export function renewed(
  before: readonly PreChatField[],
  now: readonly PreChatField[],
): readonly PreChatField[] {
  const texts = new Map(before.map((field) => [JSON.stringify(field), field]));
  const fields = now.map((field) => texts.get(JSON.stringify(field)) ?? field);
  const same = fields.length === before.length && fields.every((one, at) => one === before[at]);
  return same ? before : fields;
}

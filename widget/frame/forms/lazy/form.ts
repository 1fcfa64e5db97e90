import type { RequestError } from '../../../../protocol/client/http.ts';
import type { FieldReason } from '../../../../protocol/error.ts';
import type { PreChatField } from '../../../../protocol/resources/department.ts';
import { isEmail, trimEmail } from '../../../../protocol/text/email.ts';
import { isEmpty } from '../../../../protocol/text/text.ts';
import { r } from '../../ui/lazy/texts.ts';

/** The rules of a department's form, without the view. */

/** By the fields' ids. */
export type Answers = Record<string, string>;

const PREFIX = 'preChatData.';

/** The answer to a field. Invisible text counts as empty, and so does a choice that is not offered. */
export function answerTo(field: PreChatField, answers: Answers): string {
  const typed = answers[field.id] ?? '';
  if (isEmpty(typed)) return '';
  const answer = field.type === 'email' ? trimEmail(typed) : typed.trim();
  return field.type === 'select' && !field.options.includes(answer) ? '' : answer;
}

/** The error of an answer, as far as the form itself can tell. */
export function complaint(field: PreChatField, answers: Answers): string | undefined {
  const value = answerTo(field, answers);
  if (!value) return field.required ? noAnswer(field, answers) : undefined;
  if (field.type === 'email' && !isEmail(value)) return r.badEmail;
  return undefined;
}

const noAnswer = (field: PreChatField, answers: Answers) =>
  isLostChoice(field, answers) ? r.badChoice : r.required;

/** Whether the answer is not, or no longer, one of the choices. */
const isLostChoice = (field: PreChatField, answers: Answers) =>
  field.type === 'select' && !!answers[field.id] && !answerTo(field, answers);

/** The text for a field's error code; an unknown code says that the text can't be sent. */
function sentence(reason: string | undefined): string {
  const texts: Partial<Record<FieldReason, string>> = {
    required: r.required,
    not_an_email: r.badEmail,
    not_a_phone_number: r.badPhone,
    not_a_choice: r.badChoice,
    too_long: r.refusals.payload_too_large,
  };
  const match = Object.entries(texts).find(([code]) => code === reason);
  return match?.[1] ?? r.refusals.validation_failed;
}

/** The fields that a refusal names. */
export const refusedIds = ({ fields }: RequestError) =>
  Object.keys(fields ?? {}).flatMap((path) =>
    path.startsWith(PREFIX) ? path.slice(PREFIX.length) : [],
  );

/**
 * The errors to show at the fields of a form whose answers the Worker refused.
 *
 * @param fields the current form, which may differ from the one that was filled in
 */
export function refusals(
  error: RequestError,
  fields: readonly PreChatField[],
  answers: Answers,
): Answers {
  const refused = new Set(refusedIds(error));
  const errors = fields.flatMap((field): [string, string][] => {
    const own = complaint(field, answers);
    if (own) return [[field.id, own]];
    // An optional choice that is no longer offered must be made again.
    if (isLostChoice(field, answers)) return [[field.id, r.badChoice]];
    return refused.has(field.id) ? [[field.id, sentence(error.reasons?.[PREFIX + field.id])]] : [];
  });
  return Object.fromEntries(errors);
}

/** The current form. Unchanged fields stay the same objects, so that their rows are not drawn again. */
export function renewed(
  before: readonly PreChatField[],
  now: readonly PreChatField[],
): readonly PreChatField[] {
  const texts = new Map(before.map((field) => [JSON.stringify(field), field]));
  const fields = now.map((field) => texts.get(JSON.stringify(field)) ?? field);
  const same = fields.length === before.length && fields.every((field, at) => field === before[at]);
  return same ? before : fields;
}

import type { PreChatField } from '../../../protocol/resources/department.ts';

/**
 * What a department asks for while it is closed: an e-mail address, since nobody is there to answer in the chat.
 * The Worker puts it into the form, so that every version of the widget asks for it and the answers are checked as
 * any others.
 */

/** The field's id where the form has no field of this type. The ids of other fields begin with `field_`. */
export const ADDRESS_FIELD = 'reply_address';

/** The form with an address required: in its own field of this type, else in one more. */
export function withAddress(form: readonly PreChatField[], label: string): PreChatField[] {
  const own = form.find(({ type }) => type === 'email');
  if (own) return form.map((field) => (field === own ? { ...field, required: true } : field));
  return [...form, addressField(label, true)];
}

/**
 * The form by which answers are checked. An address that was asked for while the department was closed, or while
 * none was known, is taken in any case.
 *
 * @param needsAddress the department is closed, and no address of the visitor is known
 */
export function formFor(
  form: readonly PreChatField[],
  answers: Record<string, string>,
  needsAddress: boolean,
): readonly PreChatField[] {
  if (needsAddress) return withAddress(form, '');
  const isGiven = Object.hasOwn(answers, ADDRESS_FIELD);
  const isOwn = form.some(({ id }) => id === ADDRESS_FIELD);
  return isGiven && !isOwn ? [...form, addressField('', false)] : form;
}

function addressField(label: string, required: boolean): PreChatField {
  return { id: ADDRESS_FIELD, label, type: 'email', required, options: [] };
}

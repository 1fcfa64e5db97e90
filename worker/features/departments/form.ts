import { z } from 'zod';
import { MAX_FORM_FIELDS, MAX_NAME_LENGTH, MAX_OPTIONS } from '../../../protocol/limits.ts';
import { type PreChatField, preChatField } from '../../../protocol/resources/department.ts';
import { fold } from '../../../protocol/text/fold.ts';
import { line } from '../../http/admin-parts.ts';

const fieldRequest = z.object({
  /** Of a field that the form has already; a new one is given its id here. */
  id: z.string().max(100).nullish(),
  label: line(MAX_NAME_LENGTH),
  type: preChatField.shape.type,
  required: z.boolean(),
  options: z
    .array(line(MAX_NAME_LENGTH))
    .max(MAX_OPTIONS, `At most ${MAX_OPTIONS} choices.`)
    .default([]),
});
type FieldRequest = z.infer<typeof fieldRequest>;

/** A department's pre-chat form as it is asked for. */
export const formRequest = z
  .array(fieldRequest)
  .max(MAX_FORM_FIELDS, `At most ${MAX_FORM_FIELDS} fields.`)
  .superRefine((fields, context) => {
    fields.forEach((field, index) => {
      for (const [name, message] of problemsOf(field, fields.slice(0, index))) {
        context.addIssue({ code: 'custom', path: [index, name], message });
      }
    });
  });

function problemsOf(
  { label, type, options }: FieldRequest,
  before: readonly FieldRequest[],
): [keyof FieldRequest, string][] {
  const problems: [keyof FieldRequest, string][] = [];
  if (before.some((field) => isSame(field.label, label))) {
    problems.push(['label', 'Another field has this label.']);
  }
  if (type === 'select' && options.length === 0) {
    problems.push(['options', 'A list needs at least one choice.']);
  }
  if (new Set(options).size < options.length) {
    problems.push(['options', 'Two choices are the same.']);
  }
  return problems;
}

function isSame(a: string, b: string): boolean {
  return fold(a) === fold(b);
}

/**
 * The form as it is stored. Answers are kept under a field's id, so that it stays with its field
 * through every change; a field with an id that the form does not have gets a new one.
 */
export function withIds(
  requests: readonly FieldRequest[],
  before: readonly PreChatField[],
): PreChatField[] {
  const free = new Set(before.map(({ id }) => id));
  return requests.map(({ id, label, type, required, options }) => ({
    id: id && free.delete(id) ? id : `field_${crypto.randomUUID().slice(0, 8)}`,
    label,
    type,
    required,
    options: type === 'select' ? options : [],
  }));
}

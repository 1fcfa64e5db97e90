import type { DepartmentRecord, PreChatField } from '../../../protocol/resources/department.ts';
import { t } from '../../texts/settings.ts';
import {
  type DepartmentDraft,
  toDepartmentChange,
  toDepartmentDraft,
} from '../auto-close/draft.ts';
import type { DepartmentChange } from './api.ts';

/** A department that is being edited. */
export type Draft = {
  name: string;
  description: string;
  visible: boolean;
  /** Whether visitors see it while no member is online. */
  offline: 'show' | 'hide';
  /** The id of its opening hours; null: those of the organization. */
  scheduleId: string | null;
  /** When its conversations close automatically. */
  autoClose: DepartmentDraft;
  memberIds: string[];
  fields: DraftField[];
};

export type DraftField = {
  /** The key of the field in the form, saved or not. */
  key: string;
  /** The id under which answers are stored; null until the field is saved. */
  id: string | null;
  label: string;
  type: PreChatField['type'];
  required: boolean;
  /** The options, one per line. Kept while another type is selected. */
  choices: string;
};

export const TYPES = [
  'name',
  'email',
  'phone',
  'text',
  'textarea',
  'select',
] as const satisfies readonly PreChatField['type'][];

/** A new field, labelled by its type. */
export function newField(type: PreChatField['type'] = 'text'): DraftField {
  const label = t.form.firstLabels;
  const isContactField = type === 'name' || type === 'email' || type === 'phone';
  return {
    key: crypto.randomUUID(),
    id: null,
    label: isContactField ? label[type] : '',
    type,
    required: false,
    choices: '',
  };
}

export function toDraft(department: DepartmentRecord | null): Draft {
  return {
    name: department?.name ?? '',
    description: department?.description ?? '',
    visible: department?.visible ?? true,
    offline: department?.offline ?? 'show',
    scheduleId: department?.schedule_id ?? null,
    autoClose: toDepartmentDraft(department?.auto_close),
    memberIds: [...(department?.member_ids ?? [])],
    fields: (department?.pre_chat_fields ?? []).map((field) => ({
      key: field.id,
      id: field.id,
      label: field.label,
      type: field.type,
      required: field.required,
      choices: field.options.join('\n'),
    })),
  };
}

/** The options without blank lines. */
export function choicesOf(field: DraftField): string[] {
  return field.choices
    .split('\n')
    .map((choice) => choice.trim())
    .filter((choice) => choice !== '');
}

export function toChange(draft: Draft): DepartmentChange {
  return {
    name: draft.name,
    description: draft.description,
    visible: draft.visible,
    offline: draft.offline,
    scheduleId: draft.scheduleId,
    autoClose: toDepartmentChange(draft.autoClose),
    memberIds: [...draft.memberIds],
    preChatFields: draft.fields.map((field) => ({
      id: field.id,
      label: field.label,
      type: field.type,
      required: field.required,
      options: field.type === 'select' ? choicesOf(field) : [],
    })),
  };
}

/** Whether saving would change anything. */
export function isSame(a: Draft, b: Draft): boolean {
  const text = (draft: Draft) =>
    JSON.stringify({ ...toChange(draft), memberIds: [...draft.memberIds].sort() });
  return text(a) === text(b);
}

/** The list with one item moved by `step` places. Unchanged if that is beyond its ends. */
export function moved<Item>(items: readonly Item[], index: number, step: -1 | 1): Item[] {
  const next = [...items];
  const [item] = next.splice(index, 1);
  const to = index + step;
  if (item === undefined || to < 0 || to > next.length) return [...items];
  next.splice(to, 0, item);
  return next;
}

/**
 * The errors of a refusal, keyed by the draft's fields, so that they stay with their field when it
 * moves: `preChatFields.1.options.0` becomes `key.options`.
 */
export function toProblems(fields: Record<string, string>, draft: Draft): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const [path, text] of Object.entries(fields)) {
    const [head = '', index, part] = path.split('.');
    const field = head === 'preChatFields' && index ? draft.fields[Number(index)] : undefined;
    problems[field ? `${field.key}.${part}` : head] ??= text;
  }
  return problems;
}

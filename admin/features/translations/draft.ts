import type { DepartmentRecord, PreChatField } from '../../../protocol/resources/department.ts';
import type {
  DepartmentTexts,
  DepartmentTranslations,
} from '../../../protocol/widget/translations.ts';

/** The texts of a department in one language while they are edited. An empty text means none. */
export type TextsDraft = {
  name: string;
  description: string;
  fields: Record<string, { label: string; options: string[] }>;
};

export function toDraft({ pre_chat_fields, translations }: DepartmentRecord, tag: string) {
  const texts = translations[tag];
  const fields = pre_chat_fields.map((field) => [field.id, fieldDraft(field, texts)] as const);
  return {
    name: texts?.name ?? '',
    description: texts?.description ?? '',
    fields: Object.fromEntries(fields),
  } satisfies TextsDraft;
}

function fieldDraft({ id, options }: PreChatField, texts: DepartmentTexts | undefined) {
  const fieldTexts = texts?.fields?.[id];
  return {
    label: fieldTexts?.label ?? '',
    options: options.map((_, index) => fieldTexts?.options?.[index] ?? ''),
  };
}

/**
 * A department's translations with the texts of one language replaced, or removed if all are empty.
 */
export function withTexts(
  all: DepartmentTranslations,
  tag: string,
  draft: TextsDraft,
): DepartmentTranslations {
  const { [tag]: _, ...others } = all;
  const fields = Object.entries(draft.fields).flatMap(([id, { label, options }]) => {
    const choices = options.some((option) => option.trim() !== '') ? { options } : {};
    const texts = { ...(label.trim() && { label }), ...choices };
    return Object.keys(texts).length > 0 ? [[id, texts] as const] : [];
  });
  const texts: DepartmentTexts = {
    ...(draft.name.trim() && { name: draft.name }),
    ...(draft.description.trim() && { description: draft.description }),
    ...(fields.length > 0 && { fields: Object.fromEntries(fields) }),
  };
  return Object.keys(texts).length > 0 ? { ...others, [tag]: texts } : others;
}

/** The number of texts, and how many are translated. */
export function progressOf(
  department: DepartmentRecord,
  draft: TextsDraft,
): { written: number; of: number } {
  const texts = [
    draft.name,
    ...(department.description ? [draft.description] : []),
    ...department.pre_chat_fields.flatMap(({ id, options }) => {
      const fieldTexts = draft.fields[id];
      return [
        fieldTexts?.label ?? '',
        ...options.map((_, index) => fieldTexts?.options[index] ?? ''),
      ];
    }),
  ];
  return { written: texts.filter((text) => text.trim() !== '').length, of: texts.length };
}

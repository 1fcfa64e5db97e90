import type { DepartmentRecord, PreChatField } from '../../../protocol/resources/department.ts';
import type {
  DepartmentTexts,
  DepartmentTranslations,
} from '../../../protocol/widget/translations.ts';
import type { WidgetSettingsRecord } from '../../../protocol/widget/widget-settings.ts';

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

/** Everything of an organization that can be translated, in one language, while it is edited. */
export type LanguageDraft = { greeting: string; departments: Record<string, TextsDraft> };

type Originals = {
  settings: Pick<WidgetSettingsRecord, 'greeting' | 'translations'>;
  departments: readonly DepartmentRecord[];
};

export function toLanguageDraft({ settings, departments }: Originals, tag: string): LanguageDraft {
  return {
    greeting: settings.translations[tag]?.greeting ?? '',
    departments: Object.fromEntries(
      departments.map((department) => [department.id, toDraft(department, tag)]),
    ),
  };
}

/** How much of everything is translated into a language. */
export function progressOfLanguage(
  originals: Originals,
  tag: string,
): { written: number; of: number } {
  const draft = toLanguageDraft(originals, tag);
  const parts = originals.departments.map((department) =>
    progressOf(department, draft.departments[department.id] ?? toDraft(department, tag)),
  );
  if (originals.settings.greeting) {
    parts.push({ written: Number(draft.greeting.trim() !== ''), of: 1 });
  }
  return parts.reduce(
    (sum, { written, of }) => ({ written: sum.written + written, of: sum.of + of }),
    { written: 0, of: 0 },
  );
}

/** The draft with the originals wherever it has no text, to be written over. */
export function withOriginals(draft: LanguageDraft, originals: Originals): LanguageDraft {
  const filled = originals.departments.map((department) => {
    const texts = draft.departments[department.id] ?? toDraft(department, '');
    const fields = department.pre_chat_fields.map((field) => {
      const own = texts.fields[field.id];
      return [
        field.id,
        {
          label: own?.label || field.label,
          options: field.options.map((option, index) => own?.options[index] || option),
        },
      ] as const;
    });
    return [
      department.id,
      {
        name: texts.name || department.name,
        description: texts.description || (department.description ?? ''),
        fields: Object.fromEntries(fields),
      },
    ] as const;
  });
  return {
    greeting: draft.greeting || (originals.settings.greeting ?? ''),
    departments: Object.fromEntries(filled),
  };
}

import type { CustomFields } from '../../../protocol/resources/customer.ts';
import type { Department, PreChatField } from '../../../protocol/resources/department.ts';
import type {
  DepartmentTexts,
  DepartmentTranslations,
} from '../../../protocol/widget/translations.ts';
import { pickLanguage } from '../pages/frame-language.ts';

/** What an organization wrote itself, in the language that a visitor reads. */

/** The tags that a visitor reads, the best first, and the one that the originals are written in. */
export type SpokenLanguages = { wanted: readonly string[]; original: string };

/** The texts of the language that suits best; undefined where the originals do. */
export function inVisitorsLanguage<Texts>(
  translations: Record<string, Texts>,
  { wanted, original }: SpokenLanguages,
): Texts | undefined {
  const chosen = pickLanguage(wanted, [original, ...Object.keys(translations)]);
  return chosen === undefined || chosen === original ? undefined : translations[chosen];
}

/** A department in the language that suits best; each text that is not there in it, as it is. */
export function translated(
  department: Department,
  translations: DepartmentTranslations,
  languages: SpokenLanguages,
): Department {
  const texts = inVisitorsLanguage(translations, languages);
  if (!texts) return department;
  return {
    ...department,
    name: texts.name || department.name,
    description: texts.description || department.description,
    pre_chat_fields: department.pre_chat_fields.map((field) => inWords(field, texts)),
  };
}

function inWords(field: PreChatField, { fields = {} }: DepartmentTexts): PreChatField {
  const texts = fields[field.id];
  return {
    ...field,
    label: texts?.label || field.label,
    options: field.options.map((option, index) => texts?.options?.[index] || option),
  };
}

/**
 * Answers as they are kept: a choice in the words of its form, whichever language it was made in.
 * Choices of the form itself go before a language's that happens to call another one so.
 */
export function originalAnswers(
  form: readonly PreChatField[],
  translations: DepartmentTranslations,
  values: CustomFields,
): CustomFields {
  const kinds = new Map(form.map((field) => [field.id, field]));
  return Object.fromEntries(
    Object.entries(values).map(([id, answer]) => {
      const field = kinds.get(id);
      if (field?.type !== 'select' || field.options.includes(answer)) return [id, answer];
      for (const { fields = {} } of Object.values(translations)) {
        const original = field.options[fields[id]?.options?.indexOf(answer) ?? -1];
        if (original !== undefined) return [id, original];
      }
      return [id, answer];
    }),
  );
}

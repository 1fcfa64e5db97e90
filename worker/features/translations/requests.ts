import { z } from 'zod';
import {
  MAX_DESCRIPTION_LENGTH,
  MAX_GREETING_LENGTH,
  MAX_NAME_LENGTH,
  MAX_OPTIONS,
  MAX_TRANSLATIONS,
} from '../../../protocol/limits.ts';
import type { PreChatField } from '../../../protocol/resources/department.ts';
import type { DepartmentTranslations } from '../../../protocol/widget/translations.ts';
import { languageTag, text } from '../../http/admin-parts.ts';

/** An organization's texts in further languages, as they are asked for and as they are stored. */

function byLanguage<Texts extends z.ZodType>(texts: Texts) {
  return z.record(languageTag, texts).refine((all) => Object.keys(all).length <= MAX_TRANSLATIONS, {
    message: `At most ${MAX_TRANSLATIONS} languages.`,
  });
}

export const widgetTranslationsRequest = byLanguage(
  z.object({ greeting: text(MAX_GREETING_LENGTH).optional() }),
);

const fieldTexts = z.object({
  label: text(MAX_NAME_LENGTH).optional(),
  options: z.array(text(MAX_NAME_LENGTH)).max(MAX_OPTIONS).optional(),
});

export const departmentTranslationsRequest = byLanguage(
  z.object({
    name: text(MAX_NAME_LENGTH).optional(),
    description: text(MAX_DESCRIPTION_LENGTH).optional(),
    fields: z.record(z.string().max(100), fieldTexts).optional(),
  }),
);

/**
 * The translations that belong to a form. Fields that it does not have are left out, and choices
 * that are not as many as the field's, since nothing says which is which.
 */
export function fitting(
  translations: DepartmentTranslations,
  form: readonly PreChatField[],
): DepartmentTranslations {
  return Object.fromEntries(
    Object.entries(translations).map(([tag, { fields = {}, ...texts }]) => {
      const current = form.flatMap(({ id, options }) => {
        const own = Object.hasOwn(fields, id) ? fields[id] : undefined;
        if (!own) return [];
        const fits = options.length > 0 && own.options?.length === options.length;
        const choices = fits ? { options: own.options } : {};
        return [[id, { ...(own.label && { label: own.label }), ...choices }] as const];
      });
      return [tag, { ...texts, fields: Object.fromEntries(current) }];
    }),
  );
}

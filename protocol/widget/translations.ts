import { z } from 'zod';

/**
 * An organization's own texts in further languages, by language tag. What a language does not have
 * is shown as it was written first.
 */

/** The widget's own. */
export const widgetTexts = z.object({ greeting: z.string().optional() });
export type WidgetTexts = z.infer<typeof widgetTexts>;

/** A form's field: its label, and its choices in the order of the originals. */
export const fieldTexts = z.object({
  label: z.string().optional(),
  options: z.array(z.string()).optional(),
});
export type FieldTexts = z.infer<typeof fieldTexts>;

/** A department's, those of its fields by their ids. */
export const departmentTexts = z.object({
  name: z.string().optional(),
  description: z.string().optional(),
  fields: z.record(z.string(), fieldTexts).optional(),
});
export type DepartmentTexts = z.infer<typeof departmentTexts>;

export const widgetTranslations = z.record(z.string(), widgetTexts);
export type WidgetTranslations = z.infer<typeof widgetTranslations>;

export const departmentTranslations = z.record(z.string(), departmentTexts);
export type DepartmentTranslations = z.infer<typeof departmentTranslations>;

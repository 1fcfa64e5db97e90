import { z } from 'zod';

/** What is wrong with a field, for clients that say it in words of their own. */
export const fieldReason = z.enum([
  'required',
  'not_an_email',
  'not_a_phone_number',
  /** None of the form's options. */
  'not_a_choice',
  'too_long',
  /** The form has no such field, or no longer. */
  'unknown_field',
  /** What it names cannot be chosen, or no longer. */
  'not_available',
]);
export type FieldReason = z.infer<typeof fieldReason>;

/**
 * Every refusal's body. `fields` names each wrong field of a form, as `preChatData.field_1`, with a sentence in
 * English; `reasons` says the same as codes, for the fields that have one.
 */
export const apiError = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    fields: z.record(z.string(), z.string()).optional(),
    reasons: z.record(z.string(), fieldReason).optional(),
    /** With human_check_required: the public key with which a browser shows the check. */
    site_key: z.string().optional(),
  }),
});
export type ApiError = z.infer<typeof apiError>;

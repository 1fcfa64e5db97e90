import { z } from 'zod';
import { storable } from '../../../drizzle/storable.ts';
import { MAX_EMAIL_LENGTH, MAX_NAME_LENGTH, MAX_PHONE_LENGTH } from '../../../protocol/limits.ts';
import { canonicalEmail, isEmail, trimEmail } from '../../../protocol/text/email.ts';
import { isPhone } from '../../../protocol/text/phone.ts';
import { MAX_SLUG_LENGTH } from '../../../protocol/text/slug.ts';
import { isEmpty } from '../../../protocol/text/text.ts';

/** The texts that people type, and the fields in which they say who they are, in every request. */

const NO_EMAIL = 'This is not an e-mail address.';

/** A text as it is stored, without spaces around it; '' where nothing of it can be seen. */
export function cleaned(clean = (value: string) => value.trim()) {
  return z.string().overwrite((value) => (isEmpty(value) ? '' : clean(storable(value))));
}

/** An e-mail address as it was given, or ''. */
export const emailOrNothing = cleaned(trimEmail)
  .max(MAX_EMAIL_LENGTH)
  .refine((value) => value === '' || isEmail(value), NO_EMAIL);

/** An e-mail address as it was given. */
export const email = emailOrNothing.min(1, NO_EMAIL);

/** The address of an agent's account, in the one form in which addresses are compared. */
export const accountEmail = email.overwrite(canonicalEmail);

/** A phone number as it was given, or ''. */
export const phoneOrNothing = cleaned()
  .max(MAX_PHONE_LENGTH)
  .refine((value) => value === '' || isPhone(value), 'This is not a phone number.');

/** A person's name, or ''. */
export const nameOrNothing = cleaned().max(
  MAX_NAME_LENGTH,
  `At most ${MAX_NAME_LENGTH} characters.`,
);

/** A person's name. */
export const personName = nameOrNothing.min(1, 'Required');

/** An organization's short name, by which the command line names it. */
export const slugField = z
  .string()
  .max(MAX_SLUG_LENGTH)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use lowercase letters, digits and single hyphens.');

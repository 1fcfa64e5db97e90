import { z } from 'zod';
import { isDuplicate } from '../database/database.ts';
import { FoyerError } from '../kernel/errors.ts';
import { cleaned } from './input/fields.ts';

/** What the routes of the workspace's set-up share. */

/** A text as it is stored: `max` characters at most, no spaces around it, '' where none can be seen. */
export function text(max: number) {
  return cleaned().max(max, `At most ${max} characters.`);
}

/** The same, and not empty. */
export function line(max: number) {
  return text(max).min(1, 'Required');
}

export const color = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'A colour as #rrggbb.')
  .overwrite((value) => value.toLowerCase());

export const languageTag = z
  .string()
  .max(35)
  .refine(isLocale, { message: 'Use a language tag such as en or pt-BR.' });

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** Runs a write that fails as a duplicate where somebody else has this name already. */
export async function refuseDuplicate<Value>(
  field: string,
  message: string,
  write: () => Promise<Value>,
): Promise<Value> {
  try {
    return await write();
  } catch (error) {
    if (isDuplicate(error))
      throw new FoyerError('conflict', { message, fields: { [field]: message } });
    throw error;
  }
}

/** @throws FoyerError conflict when a list is as long as it may be */
export function checkLimit(count: number, max: number, things: string): void {
  if (count < max) return;
  throw new FoyerError('conflict', {
    message: `There are ${max} ${things} already, which is the limit.`,
  });
}

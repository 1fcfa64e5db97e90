import type { CustomFields } from '../../../protocol/resources/customer.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { fieldBytes } from './store.ts';

/**
 * Refuses fields that are too much together, so that no request stores more of a customer than the
 * quota allows. The longest field is named as the one to shorten.
 *
 * @param bytes names and values in UTF-8, of all groups together
 * @param groups each group of fields by its path in the request
 * @returns the bytes that they have
 * @throws FoyerError validation_failed
 */
export function mustFit(bytes: number, groups: Record<string, CustomFields>): number {
  const sized = Object.entries(groups).flatMap(([path, fields]) =>
    Object.entries(fields).map(([name, value]) => ({
      path: `${path}.${name}`,
      size: fieldBytes({ [name]: value }),
    })),
  );
  const total = sized.reduce((sum, { size }) => sum + size, 0);
  if (total <= bytes) return total;
  const longest = sized.reduce((a, b) => (b.size > a.size ? b : a));
  const message = `The fields may have ${bytes} bytes together, and have ${total}.`;
  throw new FoyerError('validation_failed', {
    message,
    fields: { [longest.path]: message },
    reasons: { [longest.path]: 'too_long' },
  });
}

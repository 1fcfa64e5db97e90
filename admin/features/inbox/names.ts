import { plainText } from '../../../protocol/text/format.ts';
import { isEmpty } from '../../../protocol/text/text.ts';
import { t } from '../../texts/inbox.ts';
import { countryName } from '../customers/place.ts';

/** The name of a customer without a name. */
export const ANONYMOUS = 'Anonymous Visitor';

/** What is known of a customer's name, and of where a customer without one comes from. */
export type Named = {
  full_name: string | null;
  city?: string | null | undefined;
  country?: string | null | undefined;
  page?: string | null | undefined;
};

export function customerName(customer: Named): string {
  const name = customer.full_name?.trim() ?? '';
  return isEmpty(name) ? ANONYMOUS : name;
}

/**
 * What tells a customer without a name from the others: `Austin · /pricing`. Null for customers with
 * a name, and where nothing is known.
 */
export function customerHint(customer: Named): string | null {
  if (customerName(customer) !== ANONYMOUS) return null;
  const { city, country, page } = customer;
  return [city || (country && countryName(country)), page].filter(Boolean).join(' · ') || null;
}

/** The name where it stands alone, with what tells an unnamed customer from the others. */
export function nameWithHint(customer: Named): string {
  const hint = customerHint(customer);
  return hint ? `${customerName(customer)} · ${hint}` : customerName(customer);
}

/** The preview of a conversation's last message, or that it was deleted. */
export function previewOf(text: string | null, none: string): string {
  if (text === '') return t.row.deleted;
  return text === null ? none : plainText(text);
}

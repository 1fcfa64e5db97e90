import { plainText } from '../../../protocol/text/format.ts';
import { isEmpty } from '../../../protocol/text/text.ts';

/** The name of a customer without a name. */
export const ANONYMOUS = 'Anonymous Visitor';

export function customerName(customer: { full_name: string | null }): string {
  const name = customer.full_name?.trim() ?? '';
  return isEmpty(name) ? ANONYMOUS : name;
}

/** The preview of a conversation's last message, or that it was deleted. */
export function previewOf(text: string | null, none: string): string {
  if (text === '') return 'Message deleted';
  return text === null ? none : plainText(text);
}

import { plainText } from '../../../protocol/text/format.ts';
import { isEmpty } from '../../../protocol/text/text.ts';

/** What a customer without a name is called. */
export const ANONYMOUS = 'Anonymous Visitor';

export function customerName(customer: { full_name: string | null }): string {
  const name = customer.full_name?.trim() ?? '';
  return isEmpty(name) ? ANONYMOUS : name;
}

/** What a list shows of a conversation's last message: its text, or that it was taken back. */
export function previewOf(text: string | null, none: string): string {
  if (text === '') return 'Message deleted';
  return text === null ? none : plainText(text);
}

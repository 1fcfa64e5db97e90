/** What a customer without a name is called. */
export const ANONYMOUS = 'Anonymous Visitor';

export function customerName(customer: { full_name: string | null }): string {
  return customer.full_name?.trim() || ANONYMOUS;
}

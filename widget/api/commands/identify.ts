import type { Parts } from '../parts.ts';
import { warn } from '../warn.ts';

const NAMES = ['token', 'name', 'email', 'phone'];

/** Says who the visitor is: proven by a token, or unproven. */
export function identify({ channel }: Parts, person: unknown): void {
  if (typeof person !== 'object' || person === null) {
    warn('identify takes an object: { token }, or { name, email, phone }.');
    return;
  }
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(person)) {
    if (!NAMES.includes(name)) warn(`identify knows no ${name}; fields of your own go to update.`);
    else if (value != null && typeof value !== 'string') warn(`identify: ${name} must be a text.`);
    else if (value) fields[name] = value;
  }
  const { token, ...details } = fields;
  if (token) {
    channel.identity = token;
    channel.tell({ type: 'identify', token });
  }
  if (Object.keys(details).length > 0) channel.tell({ type: 'say', ...details });
}

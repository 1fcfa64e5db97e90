import type { Parts } from '../parts.ts';
import { warn } from '../warn.ts';

/** Sets the site's own fields, which agents see. */
export function update({ channel }: Parts, fields: unknown): void {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    warn("update takes an object of fields: { plan: 'gold' }.");
    return;
  }
  const customFields: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (['string', 'number', 'boolean'].includes(typeof value)) customFields[name] = `${value}`;
    else warn(`update: ${name} must be a text, a number, true or false.`);
  }
  if (Object.keys(customFields).length > 0) channel.tell({ type: 'say', customFields });
}

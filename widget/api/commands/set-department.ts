import type { Parts } from '../parts.ts';
import { warn } from '../warn.ts';

/** Sets the visitor's department by name or id; null lets them choose. */
export function setDepartment({ channel }: Parts, department: unknown): void {
  if (department !== null && typeof department !== 'string') {
    warn("setDepartment takes a department's name or id, or null.");
  } else channel.tell({ type: 'department', department });
}

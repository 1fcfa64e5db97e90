import type { Parts } from '../index.ts';
import { warn } from '../warn.ts';

/** The department in which the visitor writes, by name or id; null lets them choose. */
export function setDepartment({ line }: Parts, department: unknown): void {
  if (department !== null && typeof department !== 'string') {
    warn("setDepartment takes a department's name or id, or null.");
  } else line.tell({ type: 'department', department });
}

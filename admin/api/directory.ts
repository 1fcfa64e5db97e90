import type { Department, Member, Page } from '../../protocol/resources.ts';
import { ask } from './http.ts';

export type DepartmentRecord = Department & {
  position: number;
  visible: boolean;
  /** ISO 8601; an archived department takes no new conversations. */
  archived_at: string | null;
};

export async function listDepartments(): Promise<DepartmentRecord[]> {
  return (await ask<Page<DepartmentRecord>>('departments')).items;
}

export async function listMembers(): Promise<Member[]> {
  return (await ask<Page<Member>>('members')).items;
}

import { createSignal } from 'solid-js';
import type { DepartmentRecord, Member } from '../../../protocol/resources.ts';
import { listDepartments, listMembers } from '../../api/directory.ts';

/** The organization's departments and members, for names, filters and menus. */
export function createDirectory() {
  const [departments, setDepartments] = createSignal<readonly DepartmentRecord[]>([]);
  const [members, setMembers] = createSignal<readonly Member[]>([]);

  /** Asks anew; what was known stays when the answer does not come. */
  async function load(): Promise<void> {
    const [freshDepartments, freshMembers] = await Promise.all([
      listDepartments().catch(() => null),
      listMembers().catch(() => null),
    ]);
    if (freshDepartments) setDepartments(freshDepartments);
    if (freshMembers) setMembers(freshMembers);
  }

  return {
    departments,
    members,
    load,
    departmentName: (id: string) => departments().find((one) => one.id === id)?.name ?? null,
  };
}

export type Directory = ReturnType<typeof createDirectory>;

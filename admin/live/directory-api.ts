import type { DepartmentRecord } from '../../protocol/resources/department.ts';
import type { TeamMember } from '../../protocol/resources/team.ts';
import { api, callAsAgent } from '../api/http.ts';

const { departments, members } = api.admin;

/** All of them; one with `archived_at` takes no new conversations. */
export async function listDepartments(): Promise<DepartmentRecord[]> {
  const { items } = await callAsAgent((options) => departments.$get({}, options));
  return items;
}

export async function listMembers(): Promise<TeamMember[]> {
  const { items } = await callAsAgent((options) => members.$get({}, options));
  return items;
}

import type {
  DepartmentAutoClose,
  DepartmentRecord,
  PreChatField,
} from '../../../protocol/resources/department.ts';
import type { DepartmentTranslations } from '../../../protocol/widget/translations.ts';
import { api, callAsAgent } from '../../api/http.ts';

const { departments } = api.admin;

/** All departments. One with `archived_at` takes no new conversations. */
export async function listDepartments(): Promise<DepartmentRecord[]> {
  const { items } = await callAsAgent((options) => departments.$get({}, options));
  return items;
}

/** What can be changed. A refusal names its fields like these: `preChatFields.0.label`. */
export type DepartmentChange = {
  name?: string;
  description?: string;
  visible?: boolean;
  offline?: 'show' | 'hide';
  /** Null: the organization's hours. */
  scheduleId?: string | null;
  autoClose?: DepartmentAutoClose;
  archived?: boolean;
  /** A field without an id is new. */
  preChatFields?: (Omit<PreChatField, 'id'> & { id: string | null })[];
  memberIds?: string[];
  translations?: DepartmentTranslations;
};

export function createDepartment(json: Omit<DepartmentChange, 'archived'> & { name: string }) {
  return callAsAgent((options) => departments.$post({ json }, options));
}

/** 409 `conflict` if a department with open conversations is archived. */
export function changeDepartment(id: string, json: DepartmentChange) {
  const param = { id };
  return callAsAgent((options) => departments[':id'].$patch({ param, json }, options));
}

/** Moves these departments to the top, in this order. Returns all of them. */
export function orderDepartments(ids: string[]) {
  return callAsAgent((options) => departments.order.$put({ json: { ids } }, options));
}

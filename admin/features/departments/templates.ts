import type { DepartmentRecord, PreChatField } from '../../../protocol/resources/department.ts';
import { t } from '../../texts/start.ts';
import type { DepartmentChange } from './api.ts';

/** Departments that most websites have, with what each asks first. */

export type Template = {
  id: 'support' | 'sales' | 'billing' | 'returns';
  name: string;
  description: string;
  fields: readonly Pick<PreChatField, 'label' | 'type' | 'required'>[];
};

/** In the language of the dashboard, which the organization's visitors mostly share. */
export function templates(): readonly Template[] {
  const { fields, ...names } = t.templates;
  const name = { label: fields.name, type: 'name', required: false } as const;
  const email = { label: fields.email, type: 'email', required: true } as const;
  return [
    { id: 'support', ...names.support, fields: [name, email] },
    {
      id: 'sales',
      ...names.sales,
      fields: [
        { ...name, required: true },
        email,
        { label: fields.company, type: 'text', required: false },
        { label: fields.wish, type: 'textarea', required: false },
      ],
    },
    {
      id: 'billing',
      ...names.billing,
      fields: [name, email, { label: fields.invoice, type: 'text', required: false }],
    },
    {
      id: 'returns',
      ...names.returns,
      fields: [email, { label: fields.order, type: 'text', required: true }],
    },
  ];
}

const isNamed =
  ({ name }: Template) =>
  (department: DepartmentRecord) =>
    department.archived_at === null &&
    department.name.trim().toLowerCase() === name.trim().toLowerCase();

/**
 * What adding a template does. A department of its name without a form, such as the first one of a
 * new organization, gets the template's form; one that has a form stays as it is (null).
 */
export function planOf(
  template: Template,
  departments: readonly DepartmentRecord[],
): { id: string | null; change: DepartmentChange & { name: string } } | null {
  const same = departments.find(isNamed(template));
  if (same && same.pre_chat_fields.length > 0) return null;
  const { name, description, fields } = template;
  return {
    id: same?.id ?? null,
    change: {
      name: same?.name ?? name,
      description: same?.description || description,
      preChatFields: fields.map((field) => ({
        id: null,
        label: field.label,
        type: field.type,
        required: field.required,
        options: [],
      })),
    },
  };
}

import type { DepartmentRecord, PreChatField } from '../../../protocol/resources/department.ts';
import type { DepartmentChange } from './api.ts';

/** Departments that most websites have, with what each asks first. */

type Template = {
  id: 'support' | 'sales' | 'billing' | 'returns';
  name: string;
  description: string;
  fields: readonly (Pick<PreChatField, 'label' | 'type' | 'required'> & { options?: string[] })[];
};

export const TEMPLATES: readonly Template[] = [
  {
    id: 'support',
    name: 'Support',
    description: 'Questions about our products',
    fields: [
      { label: 'Name', type: 'name', required: false },
      { label: 'E-mail', type: 'email', required: true },
    ],
  },
  {
    id: 'sales',
    name: 'Sales',
    description: 'Advice before you buy',
    fields: [
      { label: 'Name', type: 'name', required: true },
      { label: 'E-mail', type: 'email', required: true },
      { label: 'Company', type: 'text', required: false },
      { label: 'What are you looking for?', type: 'textarea', required: false },
    ],
  },
  {
    id: 'billing',
    name: 'Billing',
    description: 'Invoices and payments',
    fields: [
      { label: 'Name', type: 'name', required: false },
      { label: 'E-mail', type: 'email', required: true },
      { label: 'Invoice number', type: 'text', required: false },
    ],
  },
  {
    id: 'returns',
    name: 'Returns',
    description: 'Send something back',
    fields: [
      { label: 'E-mail', type: 'email', required: true },
      { label: 'Order number', type: 'text', required: true },
    ],
  },
];

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
        options: field.options ?? [],
      })),
    },
  };
}

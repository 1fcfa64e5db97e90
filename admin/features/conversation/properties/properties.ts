import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import type { MenuChoice } from '../../../components/menu/menu-parts.ts';
import { useInbox } from '../../inbox/context.ts';
import type { Actions } from '../actions.ts';
import { createAssignee } from './assignee.ts';
import { asPriority, PRIORITIES, priorityLabel } from './priorities.ts';
import type { Property, PropertyId } from './property.ts';

/** The properties in the order in which they are shown. */
export const PROPERTIES = ['assignee', 'department', 'priority', 'labels'] as const;

/**
 * The properties of a conversation, with their menus' choices. Reactive.
 *
 * @param head the conversation as the server has it; what `actions` expect is shown before
 */
export function createProperties(head: () => ConversationSummary, actions: Actions) {
  const { directory } = useInbox();
  const shown = () => ({ ...head(), ...actions.expected() });
  const closed = () => shown().status === 'closed';
  const labels = () => directory.labelsOf(shown().label_ids);

  const properties: Record<PropertyId, () => Property> = {
    assignee: createAssignee(head, actions),
    department: () => ({
      id: 'department',
      name: 'Department',
      icon: 'folder',
      text: directory.departmentName(shown().department_id) ?? 'Department',
      value: shown().department_id,
      choices: directory
        .departments()
        .filter((department) => department.archived_at === null)
        .map(({ id, name }) => ({ value: id, label: name })),
      disabled: closed(),
      choose(id) {
        if (id !== shown().department_id) actions.move(id);
      },
    }),
    priority: () => ({
      id: 'priority',
      name: 'Priority',
      icon: 'flag',
      text: priorityLabel(shown().priority),
      value: shown().priority,
      choices: PRIORITIES,
      disabled: closed(),
      choose: (value) => actions.setPriority(asPriority(value)),
    }),
    labels: () => ({
      id: 'labels',
      name: 'Labels',
      icon: 'tag',
      text:
        labels()
          .map(({ name }) => name)
          .join(', ') || 'None',
      value: null,
      choices: labelChoices(),
      disabled: false,
      choose: (id) => actions.label(id, !shown().label_ids.includes(id)),
    }),
  };

  function labelChoices(): MenuChoice[] {
    const all = directory.labels();
    if (all.length === 0) {
      return [
        {
          value: '',
          label: 'No labels yet',
          hint: 'Create labels in Settings.',
          disabled: true,
        },
      ];
    }
    return all.map(({ id, name, color }) => ({
      value: id,
      label: name,
      color,
      checked: shown().label_ids.includes(id),
    }));
  }

  return { ...properties, currentLabels: labels };
}

export type Properties = ReturnType<typeof createProperties>;

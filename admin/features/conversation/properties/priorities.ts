import type { Priority } from '../../../../protocol/conversation/conversation-fields.ts';

/** The priorities, the most urgent first. */
export const PRIORITIES: readonly { value: Priority; label: string }[] = [
  { value: 'urgent', label: 'Urgent' },
  { value: 'high', label: 'High' },
  { value: 'normal', label: 'Normal' },
  { value: 'low', label: 'Low' },
];

export function priorityLabel(priority: Priority): string {
  return PRIORITIES.find((choice) => choice.value === priority)?.label ?? priority;
}

export function asPriority(value: string): Priority {
  return PRIORITIES.find((choice) => choice.value === value)?.value ?? 'normal';
}

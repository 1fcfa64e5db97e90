import type { Priority } from '../../../../protocol/conversation/conversation-fields.ts';

/** From the most pressing one down. */
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

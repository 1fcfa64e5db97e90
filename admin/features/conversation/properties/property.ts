import type { IconName } from '../../../components/Icon.tsx';
import type { MenuChoice } from '../../../components/menu/menu-parts.ts';

export type PropertyId = 'assignee' | 'department' | 'priority' | 'labels';

/** A property of a conversation: what it is now, and what it can be changed to. */
export type Property = {
  id: PropertyId;
  name: string;
  icon: IconName;
  /** The current value, as text. */
  text: string;
  /** The choice that is current; null where several can be on at once. */
  value: string | null;
  choices: readonly MenuChoice[];
  disabled: boolean;
  choose(value: string): void;
};

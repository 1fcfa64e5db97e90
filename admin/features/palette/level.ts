import type { IconName } from '../../components/Icon.tsx';

/** An item of the command menu: an action, or with `level` a list of its own. */
export type Item = {
  id: string;
  label: string;
  icon: IconName;
  /** The colour of a dot that stands for the icon. */
  color?: string | undefined;
  /** Further words that match it. */
  keywords?: string;
  hint?: string | undefined;
  keys?: readonly string[];
  /** Whether it is what holds now: the assignee, a label that is set. */
  current?: boolean;
  level?(): Level | Promise<Level>;
  run(): unknown;
};

/** A list inside the command menu: assign to whom, label with which, snooze until when. */
export type Level = {
  /** The action, such as “Assign”. */
  title: string;
  /** What it is done to: a customer’s name, or how many conversations. */
  subject: string;
  /** What the field is for. */
  placeholder: string;
  /** Reactive. */
  items(): readonly Item[];
  /** What the typed text means, besides the items that match it. */
  typed?(text: string): readonly Item[];
  /** Whether the typed text may begin with a digit, so that digits choose nothing. */
  digitsWrite?: boolean;
  /** Whether the list stays open after a choice, for several. */
  stays?: boolean;
};

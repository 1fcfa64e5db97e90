import type { Priority } from '../../../../protocol/conversation/conversation-fields.ts';

/** What an agent decides about conversations, whether one is open or rows of the list are meant. */
export type Triage = {
  close(reason: 'resolved' | 'spam'): void;
  reopen(): void;
  /** @param until ISO 8601, or null for until the visitor replies */
  snooze(until: string | null): void;
  /** Assigns to the signed-in agent. */
  claim(): void;
  assign(assignee: { id: string; name: string } | null): void;
  /** @param departmentId where they move to */
  move(departmentId: string): void;
  setPriority(priority: Priority): void;
  label(labelId: string, on: boolean): void;
};

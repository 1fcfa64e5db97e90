import { describeError } from '../../api/http.ts';
import { showToast } from '../../lib/toasts.ts';
import { mark, preferences } from '../profile/preferences.ts';

/**
 * Conversations that this agent marked as unread, to come back to them: on every device, and at once
 * in all tabs of this browser. That an agent saw a message is told the visitor, and not taken back
 * by it.
 */
export const marks = {
  has: (id: string) => preferences.marked_unread.includes(id),
  add: (id: string) => keep(id, true),
  /** When it is opened. */
  remove(id: string): void {
    if (marks.has(id)) keep(id, false);
  },
};

function keep(id: string, unread: boolean): void {
  mark(id, unread).catch((error: unknown) =>
    showToast({ tone: 'bad', text: describeError(error) }),
  );
}

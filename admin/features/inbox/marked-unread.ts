import { describeError } from '../../api/http.ts';
import { showToast } from '../../lib/toasts.ts';
import { mark, preferences } from '../profile/preferences.ts';

/**
 * Conversations that this agent marked as unread, on every device and at once in all tabs of this
 * browser. The visitor still sees that their message was read.
 */
export const marks = {
  has: (id: string) => preferences.marked_unread.includes(id),
  add: (id: string) => keep(id, true),
  /** Removes the mark when the conversation is opened. */
  remove(id: string): void {
    if (marks.has(id)) keep(id, false);
  },
};

function keep(id: string, unread: boolean): void {
  mark(id, unread).catch((error: unknown) =>
    showToast({ tone: 'bad', text: describeError(error) }),
  );
}

import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import { plainText } from '../../../protocol/text/format.ts';
import { nameWithHint } from '../inbox/names.ts';

/** How many characters of a message a notification shows. */
const MAX_LENGTH = 140;

/**
 * Shows a browser notification, one at a time for each conversation. The permission is requested in
 * the preferences when the agent turns it on.
 *
 * @param onClick opens the conversation, after the tab was focused
 */
export function showNotification(
  what: 'message' | 'mention',
  conversation: ConversationSummary,
  onClick: () => void,
): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const name = nameWithHint(conversation.customer);
  const preview = plainText(conversation.last_message_preview ?? '').slice(0, MAX_LENGTH);
  const notification = new Notification(
    what === 'mention' ? `You were mentioned in a note about ${name}` : name,
    // Notes are not previewed, since they are private.
    { body: what === 'mention' ? '' : preview, tag: `foyer:${conversation.id}` },
  );
  notification.onclick = () => {
    window.focus();
    onClick();
    notification.close();
  };
}

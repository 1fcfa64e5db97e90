import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import { plainText } from '../../../protocol/text/format.ts';
import { customerName } from '../inbox/names.ts';

/** Characters of a message that a notification shows. */
const MAX_LENGTH = 140;

/**
 * A notification of the browser, one for each conversation at a time. Leave is asked for in the
 * preferences, when somebody switches it on.
 *
 * @param onClick opens the conversation; the tab is in front by then
 */
export function showNotification(
  what: 'message' | 'mention',
  conversation: ConversationSummary,
  onClick: () => void,
): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const name = customerName(conversation.customer);
  const preview = plainText(conversation.last_message_preview ?? '').slice(0, MAX_LENGTH);
  const notification = new Notification(
    what === 'mention' ? `You were mentioned in a note about ${name}` : name,
    // A note is no preview: what is private stays behind the sign-in.
    { body: what === 'mention' ? '' : preview, tag: `foyer:${conversation.id}` },
  );
  notification.onclick = () => {
    window.focus();
    onClick();
    notification.close();
  };
}

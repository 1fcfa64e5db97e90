import type { Parts } from '../parts.ts';
import { warn } from '../warn.ts';

/** Starts a conversation with a text for the visitor to send. The launcher has opened the panel. */
export function startConversation({ channel }: Parts, text: unknown): void {
  if (text !== undefined && typeof text !== 'string') warn('startConversation takes a text.');
  else channel.tell({ type: 'start', text: text ?? '' });
}

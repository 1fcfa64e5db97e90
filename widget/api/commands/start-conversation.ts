import type { Parts } from '../index.ts';
import { warn } from '../warn.ts';

/** A conversation, with a text for the visitor to send. The launcher has opened the panel. */
export function startConversation({ line }: Parts, text: unknown): void {
  if (text !== undefined && typeof text !== 'string') warn('startConversation takes a text.');
  else line.tell({ type: 'start', text: text ?? '' });
}

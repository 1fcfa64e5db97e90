import type { Message } from '../../conversation/message.ts';

/** What somebody says: a text, a file or a note, and nothing that was taken back. */
export function isContent({ kind, deleted_at }: Pick<Message, 'kind' | 'deleted_at'>): boolean {
  return kind !== 'event' && !deleted_at;
}

/** What a message says where there is room for its words alone: its text, else its file's name. */
export function previewText({ body, file }: Pick<Message, 'body' | 'file'>): string {
  return body || (file?.name ?? '');
}

/** How many messages to the visitor come after the one with this seq, which the visitor read last. */
export function unreadAfter(seq: number, messages: readonly Message[]): number {
  return messages.filter(
    (message) => message.seq > seq && message.sender.kind !== 'visitor' && isContent(message),
  ).length;
}

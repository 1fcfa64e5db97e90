import type { Message } from '../conversation/message.ts';
import type { ConversationEvent } from '../events/index.ts';

/**
 * The messages with those added, in order of seq and without doubles (P3). What is already there
 * stays the same object, so that a view redraws only what is new; with nothing new, the same array
 * comes back.
 */
export function addMessages(
  messages: readonly Message[],
  added: readonly Message[],
): readonly Message[] {
  const seqs = new Set(messages.map((message) => message.seq));
  const newMessages = added.filter(({ seq }) => !seqs.has(seq) && seqs.add(seq));
  if (newMessages.length === 0) return messages;
  return [...messages, ...newMessages].sort((a, b) => a.seq - b.seq);
}

/**
 * Puts edits and deletions in place. They carry what the message says now, so that they may come in
 * any order and again. One for a message that has not arrived is left out: that message comes changed.
 */
export function amendMessages(
  messages: readonly Message[],
  amendments: readonly Message[],
): readonly Message[] {
  if (amendments.length === 0) return messages;
  return messages.map((message) => {
    const last = amendments.findLast(
      ({ event }) => isAmendment(event) && event.seq === message.seq,
    );
    return last ? amend(message, last) : message;
  });
}

function amend(message: Message, { event, sent_at }: Message): Message {
  if (event?.type === 'edited') return { ...message, body: event.body, edited_at: sent_at };
  const { file: _, ...rest } = message;
  return { ...rest, body: '', deleted_at: sent_at };
}

/** Whether an event only says that another message has changed. */
export function isAmendment(
  event: ConversationEvent | undefined,
): event is Extract<ConversationEvent, { type: 'edited' | 'deleted' }> {
  return event?.type === 'edited' || event?.type === 'deleted';
}

/** The highest seq among them, at least `floor`. */
export function highestSeq(messages: readonly Message[], floor: number): number {
  return messages.reduce((highest, message) => Math.max(highest, message.seq), floor);
}

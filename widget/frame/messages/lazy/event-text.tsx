import { createSignal } from 'solid-js';
import { previewText } from '../../../../protocol/client/content.ts';
import type { Message } from '../../../../protocol/conversation/message.ts';
import { mayBeFormatted } from '../../../../protocol/text/format-marks.ts';
import { fill, loadLazyTexts, r, t } from '../../strings/index.ts';

/**
 * What an event says in the reader's language; one that this version does not know, in English.
 * Only what comes with nearly every answer needs no texts of lazy parts.
 */
async function eventText({ event, body }: Message): Promise<string> {
  if (event?.type === 'joined') return fill(t.joined, { name: event.agent.name });
  await loadLazyTexts();
  switch (event?.type) {
    case 'department_changed':
      return fill(r.moved, { department: event.department.name });
    case 'closed':
      return r.closed[event.reason];
    case 'reopened':
      return r.reopened;
    default:
      return body;
  }
}

export default function EventText(props: { message: Message }) {
  const [text, setText] = createSignal('');
  eventText(props.message).then(setText, () => setText(props.message.body));
  return <>{text()}</>;
}

/** The words of a message without the marks of its formatting. */
export async function plainWords(message: Message): Promise<string> {
  const words = previewText(message);
  // A file's name is no text that somebody formatted.
  if (!message.body || !mayBeFormatted(words)) return words;
  const { plainText } = await import('../../../../protocol/text/format.ts');
  return plainText(words);
}

let last = '';

/**
 * What a screen reader says of messages, in the visitor's language: each with its sender's name, an event by
 * itself.
 */
export async function aloud(messages: readonly Message[]): Promise<string> {
  const lines = messages.map(async (message) =>
    message.kind === 'event'
      ? eventText(message)
      : `${message.sender.name ?? t.agent}: ${await plainWords(message)}`,
  );
  const text = (await Promise.all(lines)).join('\n');
  // Said twice in the same words it is another text, or else nobody would hear it the second time.
  last = text === last ? `${text}\u00a0` : text;
  return last;
}

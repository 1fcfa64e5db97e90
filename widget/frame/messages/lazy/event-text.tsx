import { createSignal } from 'solid-js';
import { previewText } from '../../../../protocol/client/message/content.ts';
import type { Message } from '../../../../protocol/conversation/message.ts';
import { mayBeFormatted } from '../../../../protocol/text/format-marks.ts';
import { fill, loadLazyTexts, r, t } from '../../strings/index.ts';

/**
 * The text of an event in the visitor's language, or in English for an unknown event. `joined` comes with
 * most conversations and does not wait for the lazy texts.
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

/** The text of a message without formatting marks. */
export async function plainTextOf(message: Message): Promise<string> {
  const words = previewText(message);
  // A file's name is not formatted.
  if (!message.body || !mayBeFormatted(words)) return words;
  const { plainText } = await import('../../../../protocol/text/format.ts');
  return plainText(words);
}

let last = '';

/**
 * The text that a screen reader reads for messages, in the visitor's language: each with the sender's
 * name, events without.
 */
export async function announcementOf(messages: readonly Message[]): Promise<string> {
  const lines = messages.map(async (message) =>
    message.kind === 'event'
      ? eventText(message)
      : `${message.sender.name ?? t.agent}: ${await plainTextOf(message)}`,
  );
  const text = (await Promise.all(lines)).join('\n');
  // A screen reader does not read an unchanged text again, so a repeated one gets a space.
  last = text === last ? `${text}\u00a0` : text;
  return last;
}

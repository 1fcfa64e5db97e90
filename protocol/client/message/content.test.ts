import { expect, test } from 'vitest';
import type { Message } from '../../conversation/message.ts';
import { previewText, unreadAfter } from './content.ts';

const file = { id: 'f1', name: 'offer.pdf', type: 'application/pdf', size: 12 };

const message = (seq: number, change: Partial<Message> = {}): Message => ({
  seq,
  id: `m${seq}`,
  kind: 'text',
  sender: { kind: 'agent', id: 'a1', name: 'Amos' },
  body: 'Hello',
  sent_at: '2026-11-28T12:00:00.000Z',
  ...change,
});

test('V2: a file counts as unread, also without a text; what was taken back does not', () => {
  const messages = [
    message(1),
    message(2, { kind: 'file', body: '', file }),
    message(3, { kind: 'event', body: '' }),
    message(4, { body: '', deleted_at: '2026-11-28T12:01:00.000Z' }),
    message(5, { sender: { kind: 'visitor', id: 'v1', name: null } }),
  ];
  expect(unreadAfter(0, messages)).toBe(2);
  expect(unreadAfter(1, messages)).toBe(1);
  expect(unreadAfter(2, messages)).toBe(0);
});

test('C6: what a bot or Foyer wrote is unread, too', () => {
  const sender = { kind: 'system' as const, id: 'b1', name: 'Helper' };
  expect(unreadAfter(0, [message(1, { sender }), message(2, { sender, kind: 'event' })])).toBe(1);
});

test('V2: a file without a text is told by its name', () => {
  expect(previewText(message(1, { kind: 'file', body: '', file }))).toBe('offer.pdf');
  expect(previewText(message(1, { kind: 'file', body: 'Our offer', file }))).toBe('Our offer');
  expect(previewText(message(1))).toBe('Hello');
});

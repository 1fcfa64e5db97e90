import { afterEach, expect, test, vi } from 'vitest';
import { fakeStorage } from './fake-socket.ts';
import { localOutbox } from './outbox.ts';
import type { OutgoingMessage } from './types.ts';
import { uuidv7 } from './uuid.ts';

afterEach(() => vi.unstubAllGlobals());

const written = (body: string): OutgoingMessage => ({
  id: uuidv7(),
  kind: 'text',
  body,
  created_at: new Date().toISOString(),
  state: 'pending',
});

test('what was put comes back in the order of writing; other conversations stay apart', () => {
  vi.stubGlobal('localStorage', fakeStorage());
  const messages = Array.from({ length: 50 }, (_, index) => written(`${index}`));
  for (const message of messages.toReversed()) localOutbox('a').put(message);
  localOutbox('b').put(written('other'));
  expect(localOutbox('a').load()).toEqual(messages);
});

test('P9 denied storage is no error', () => {
  vi.stubGlobal('localStorage', undefined);
  const outbox = localOutbox('a');
  outbox.put(written('x'));
  outbox.remove('x');
  expect(outbox.load()).toEqual([]);
});

test('what is not a message in storage is ignored', () => {
  vi.stubGlobal('localStorage', fakeStorage());
  localStorage.setItem('a:1', '{');
  localStorage.setItem('a:2', '{"id":"2"}');
  expect(localOutbox('a').load()).toEqual([]);
});

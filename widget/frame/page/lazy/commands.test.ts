import { createSignal } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RequestError } from '../../../../protocol/client/http.ts';
import type { CommandToFrame } from '../../../bridge/commands.ts';
import type { Model } from '../../state/model.ts';
import runCommands from './commands.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** The frame of a visitor with a conversation, and a Worker that gives these answers in turn. */
function begin(...answers: (RequestError | null)[]) {
  const bodies: unknown[] = [];
  const model = {
    session: {
      async call(_: string, { body }: { body: unknown }) {
        bodies.push(body);
        const refusal = answers.shift();
        if (refusal) throw refusal;
      },
    },
    info: () => undefined,
    view: () => ({ name: 'chat' }),
    chat: () => ({ id: 'one', state: () => ({ conversation: null, messages: [] }) }),
  };
  const events: unknown[] = [];
  const port = {
    onmessage: (_: object) => {},
    postMessage: (event: unknown) => events.push(event),
  };
  runCommands(
    port as unknown as MessagePort,
    () => model as unknown as Model,
    () => {},
  );
  const say = (command: CommandToFrame) => port.onmessage({ data: command });
  return { bodies, events, say };
}

test('P9: visitor details that the network loses are sent again, without a warning', async () => {
  const lost = new RequestError(0, 'network', 'The server did not answer.');
  const { bodies, events, say } = begin(lost, lost, null);
  say({ type: 'say', name: 'Ada', customFields: { plan: 'gold' } });
  await vi.advanceTimersByTimeAsync(1);
  say({ type: 'say', customFields: { seats: '3' } });
  await vi.runAllTimersAsync();
  expect(bodies.at(-1)).toEqual({ name: 'Ada', customFields: { plan: 'gold', seats: '3' } });
  expect(bodies).toHaveLength(3);
  expect(events).toEqual([]);
});

test('visitor details that the Worker refuses are a warning', async () => {
  const { bodies, events, say } = begin(new RequestError(400, 'validation_failed', 'No address.'));
  say({ type: 'say', email: 'ada' });
  await vi.runAllTimersAsync();
  expect(bodies).toHaveLength(1);
  expect(events).toEqual([{ type: 'warning', text: 'No address.' }]);
});

test('V2: the page gets a message for a file, also without a text, and none for an event', async () => {
  const events: unknown[] = [];
  const [state, setState] = createSignal(stateOf([]));
  const live = { id: 'one', pre_chat_data: {}, department: { name: 'Billing' }, state };
  const model = { info: () => undefined, view: () => ({ name: 'chat' }), chat: () => live };
  const port = {
    onmessage: (_: object) => {},
    postMessage: (event: unknown) => events.push(event),
  };
  runCommands(
    port as unknown as MessagePort,
    () => model as unknown as Model,
    () => {},
  );
  await vi.advanceTimersByTimeAsync(1);
  events.length = 0;
  setState(stateOf([1, 2]));
  await vi.advanceTimersByTimeAsync(1);
  expect(events).toMatchObject([
    {
      type: 'message',
      detail: { from: 'agent', text: '', file: { name: 'offer.pdf', type: 'application/pdf' } },
    },
  ]);
});

/** A conversation whose first entry is an agent joining, and whose second is their file. */
function stateOf(seqs: number[]) {
  const sender = { kind: 'agent', id: 'a1', name: 'Amos' };
  const file = { id: 'f1', name: 'offer.pdf', type: 'application/pdf', size: 12 };
  const messages = [
    { seq: 1, id: 'm1', kind: 'event', sender, body: 'Amos joined' },
    { seq: 2, id: 'm2', kind: 'file', sender, body: '', file, sent_at: '2026-11-28T12:00:00Z' },
  ];
  return {
    conversation: { status: 'active' },
    messages: messages.filter(({ seq }) => seqs.includes(seq)),
  };
}

test('the text of a started conversation survives when an identity replaces the conversation', async () => {
  let opened = () => {};
  const opening = new Promise<void>((done) => {
    opened = done;
  });
  const model = {
    session: { options: { identity: undefined }, call: async () => {} },
    open: () => opening,
    info: () => undefined,
    view: () => ({ name: 'chat' }),
    go: () => {},
    current: () => ({}),
    chat: () => undefined,
  };
  let area = { value: '', dispatchEvent: () => true };
  vi.stubGlobal('document', { querySelector: () => area });
  const port = { onmessage: (_: object) => {}, postMessage: () => {} };
  runCommands(
    port as unknown as MessagePort,
    () => model as unknown as Model,
    () => {},
  );
  const say = (command: CommandToFrame) => port.onmessage({ data: command });
  say({ type: 'identify', token: 'a-token' });
  say({ type: 'start', text: 'Where is my parcel?' });
  expect(area.value).toBe('Where is my parcel?');

  // The identified person's own conversation replaces it.
  area = { value: '', dispatchEvent: () => true };
  opened();
  await vi.runAllTimersAsync();
  expect(area.value).toBe('Where is my parcel?');

  // Written once: if the visitor then deletes it, it stays deleted.
  area = { value: '', dispatchEvent: () => true };
  await vi.runAllTimersAsync();
  expect(area.value).toBe('');
  vi.unstubAllGlobals();
});

test('A6: a department is found by its name in any spelling, and an unknown name is a warning', async () => {
  const departments = ['Hauptstraße', 'Łódź', 'Sales'].map((name) => ({ id: name, name }));
  const picked: string[] = [];
  const model = {
    info: () => undefined,
    view: () => ({ name: 'home' }),
    chat: () => undefined,
    current: () => undefined,
    departments: () => departments,
    pick: async ({ name }: { name: string }) => picked.push(name),
  };
  const events: unknown[] = [];
  const port = {
    onmessage: (_: object) => {},
    postMessage: (event: unknown) => events.push(event),
  };
  runCommands(
    port as unknown as MessagePort,
    () => model as unknown as Model,
    () => {},
  );
  const wishes = ['SALES', 'hauptstrasse', 'lodz'];
  for (const [pickedCount, department] of wishes.entries()) {
    port.onmessage({ data: { type: 'department', department } });
    await vi.waitFor(() => expect(picked).toHaveLength(pickedCount + 1));
  }
  expect(picked).toEqual(['Sales', 'Hauptstraße', 'Łódź']);
  expect(events).toEqual([]);
  port.onmessage({ data: { type: 'department', department: 'Lo' } });
  await vi.waitFor(() =>
    expect(events).toEqual([{ type: 'warning', text: 'There is no department Lo.' }]),
  );
});

import { createSignal } from 'solid-js';
import { expect, it, vi } from 'vitest';
import type { Attachments } from '../../files/attachment-tray.ts';
import type { Conversation } from '../conversation.ts';
import { whenSent } from './when-sent.ts';

type State = Conversation['client']['state'];

/** A client whose state a test sets. */
function fakeClient(first: Pick<State, 'outgoing' | 'connection'>) {
  const listeners = new Set<(state: State) => void>();
  const client = {
    state: first as State,
    subscribe(listener: (state: State) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return {
    client,
    listeners,
    set(next: Partial<State>): void {
      client.state = { ...client.state, ...next };
      for (const listener of [...listeners]) listener(client.state);
    },
  };
}

const pending = { id: 'm1', kind: 'text', body: 'Hi', created_at: '', state: 'pending' } as const;
const open = { connection: { state: 'open' }, outgoing: [pending] } as const;

it('is true once the server has the message', async () => {
  const { client, listeners, set } = fakeClient(open);
  const done = vi.fn();
  const sent = whenSent(client, 'm1', null).finally(done);
  set({ connection: { state: 'waiting', reason: 'offline', retry_at: 0 } });
  await Promise.resolve();
  expect(done).not.toHaveBeenCalled();
  set({ outgoing: [] });
  expect(await sent).toBe(true);
  expect(listeners.size).toBe(0);
});

it('is false if the message is refused, or the conversation gone', async () => {
  const refused = fakeClient(open);
  const first = whenSent(refused.client, 'm1', null);
  refused.set({ outgoing: [{ ...pending, state: 'failed' }] });
  expect(await first).toBe(false);
  const gone = fakeClient(open);
  const second = whenSent(gone.client, 'm1', null);
  gone.set({ connection: { state: 'stopped', code: 'not_found', message: '' } });
  expect(await second).toBe(false);
});

it('does not wait for other messages, or for nothing', async () => {
  const { client } = fakeClient({ ...open, outgoing: [{ ...pending, id: 'm0', state: 'failed' }] });
  expect(await whenSent(client, 'm1', null)).toBe(true);
  expect(await whenSent(client, null, null)).toBe(true);
});

it('waits for the files, too', async () => {
  const { client } = fakeClient({ ...open, outgoing: [] });
  const [at, setAt] = createSignal<'queued' | 'failed'>('queued');
  const file = { id: 'f1', state: () => ({ at: at() }) } as ReturnType<
    Attachments['items']
  >[number];
  const [items, setItems] = createSignal([file]);
  const sent = whenSent(client, null, { items });
  setItems([]);
  expect(await sent).toBe(true);
  setItems([file]);
  const failing = whenSent(client, null, { items });
  setAt('failed');
  expect(await failing).toBe(false);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { agentNamed, FOUNDING, Server, VISITOR } from '../../../worker/test/server.ts';
import { Network } from '../../../worker/test/stand-ins/network.ts';
import { openConversation } from './conversation.ts';
import type { Session } from './session.ts';

/** The widget's own conversation against the real room. */

const POLICY = {
  version: 1,
  auto_close: {
    hours: 5,
    departments: {},
    message: 'We close this now.',
    sender: 'Acme',
    reopens: true,
  },
};

let server: Server;
let ids = 0;

const newId = () => {
  ids += 1;
  return `01900000-0000-7000-8000-${String(ids).padStart(12, '0')}`;
};

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(FOUNDING.created_at) });
  server = new Server(newId);
  server.clock = () => Date.now();
  const network = new Network(server, VISITOR, () => 20);
  const page = new EventTarget();
  const kept = new Map<string, string>();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  vi.stubGlobal('location', { origin: 'https://chat.example' });
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
  vi.stubGlobal('WebSocket', function connect() {
    return network.connect();
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('C12: what a visitor sends in a conversation that closed by itself reopens it', async () => {
  const session: Pick<Session, 'protocols'> = { protocols: async () => ['foyer.v1', 'st_1'] };
  const ref = {
    id: FOUNDING.id,
    department: { id: 'sales', name: 'Sales' },
    widget_customer_id: FOUNDING.widget_customer_id,
  };
  const live = openConversation(session as Session, ref, () => []);
  await vi.advanceTimersByTimeAsync(1_000);
  live.client.send('Do you ship to Norway?');
  await vi.advanceTimersByTimeAsync(1_000);
  server.room.post(agentNamed('Amos'), { id: newId(), kind: 'text', body: 'We do.' });
  server.room.commands.closeInactive(POLICY);
  await vi.advanceTimersByTimeAsync(1_000);
  const conversation = () => live.state().conversation;
  expect(conversation()).toMatchObject({ status: 'closed', reopens: true });

  live.client.send('Then I take it.');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(live.state().outgoing).toEqual([]);
  expect(conversation()?.status).not.toBe('closed');
  expect(conversation()?.reopens).toBeFalsy();
  const lines = live.state().messages.map(({ body, event }) => event?.type ?? body);
  expect(lines).toEqual([
    'Do you ship to Norway?',
    'joined',
    'We do.',
    'We close this now.',
    'closed',
    'reopened',
    'Then I take it.',
  ]);
  live.client.stop();
});

import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import { dismissToast, toasts } from '../../../lib/toasts.ts';
import { standIn } from '../../../test/stand-in.ts';
import { changeMany } from '../../conversation/api.ts';
import type { Me } from '../../session/api.ts';
import type { InboxContextValue } from '../context.ts';
import { queueFilter } from '../queues/queues.ts';
import { summary } from '../summary.fixture.ts';
import { rowActions } from './bulk-actions.ts';
import { createSelection } from './selection.ts';

/** Actions on rows of the list: what is sent, what opens next, and what Undo sends. */

vi.mock('../../conversation/api.ts', () => ({ changeMany: vi.fn() }));

const LATER = '2099-01-01T09:00:00.000Z';

beforeEach(() => {
  vi.mocked(changeMany).mockReset();
  vi.mocked(changeMany).mockImplementation(async (ids) =>
    ids.map((id) =>
      id === 'refused'
        ? { id, ok: false as const, error: { code: 'conflict' as const, message: 'It is gone.' } }
        : { id, ok: true as const, conversation: summary({ id }) },
    ),
  );
});
afterEach(() => {
  for (const { id } of toasts()) dismissToast(id);
});

function arrive(rows: readonly ConversationSummary[]) {
  const ids = rows.map(({ id }) => id);
  const selection = createRoot(() => createSelection(() => ids));
  const back = vi.fn();
  const leave = vi.fn<InboxContextValue['flow']['leave']>(() => back);
  const actions = rowActions(
    {
      selection,
      flow: standIn<InboxContextValue['flow']>({ leave }),
      inbox: standIn<InboxContextValue['inbox']>({
        me: standIn<Me>({ user: standIn<Me['user']>({ id: 'maya', name: 'Maya' }) }),
        conversations: Object.fromEntries(rows.map((row) => [row.id, row])),
        filter: () => queueFilter('all'),
        update: () => undefined,
      }),
    },
    ids,
  );
  return { actions, selection, leave, back };
}

const sent = () => vi.mocked(changeMany).mock.calls;
const lastToast = () => toasts().at(-1);

test('closes all in one request, and Undo brings each back to what it was', async () => {
  const { actions, leave, back } = arrive([
    summary({ id: 'a', status: 'active' }),
    summary({ id: 'b', status: 'snoozed', snoozed_until: LATER }),
  ]);
  actions.close('resolved');
  await vi.waitFor(() => expect(lastToast()?.text).toBe('2 conversations closed.'));
  expect(leave.mock.calls).toEqual([[['a', 'b']]]);
  expect(sent()).toEqual([[['a', 'b'], { status: 'closed', closedReason: 'resolved' }]]);

  lastToast()?.action?.run();
  await vi.waitFor(() => expect(back).toHaveBeenCalledOnce());
  expect(sent().slice(1)).toEqual([
    [['a'], { status: 'active' }],
    [['b'], { status: 'active' }],
    [['b'], { status: 'snoozed', snoozedUntil: LATER }],
  ]);
});

test('what leaves no list opens nothing and offers no Undo', async () => {
  const { actions, leave } = arrive([summary({ id: 'a' })]);
  actions.setPriority('urgent');
  await vi.waitFor(() => expect(lastToast()?.text).toBe('1 conversation changed.'));
  expect(leave).not.toHaveBeenCalled();
  expect(lastToast()?.action).toBeUndefined();
});

test('what is refused is named in the bar if it is selected, else in a toast', async () => {
  const { actions, selection } = arrive([summary({ id: 'a' }), summary({ id: 'refused' })]);
  actions.snooze(null);
  await vi.waitFor(() => expect(toasts().map(({ text }) => text)).toContain('It is gone.'));
  expect(selection.refused()).toEqual([]);
  for (const id of ['a', 'refused']) selection.toggle(id);
  actions.snooze(null);
  await vi.waitFor(() => expect(selection.refused().map(({ id }) => id)).toEqual(['refused']));
  // Undo is for what was changed only.
  lastToast()?.action?.run();
  await vi.waitFor(() => expect(sent().at(-1)).toEqual([['a'], { status: 'active' }]));
});

import { expect, it } from 'vitest';
import { summary } from './summary.fixture.ts';
import { isUnread, needsAttention } from './unread.ts';

const me = { id: 'a1', name: 'Ada' };

it('is unread while the visitor’s last word was not seen', () => {
  expect(isUnread(summary({ last_seq: 4, agent_read_seq: 3 }))).toBe(true);
  expect(isUnread(summary({ last_seq: 4, agent_read_seq: 4 }))).toBe(false);
  expect(isUnread(summary({ last_seq: 4, agent_read_seq: 3, last_sender: 'agent' }))).toBe(false);
});

it('needs this agent while it is open and theirs or nobody’s', () => {
  expect(needsAttention(summary(), me.id)).toBe(true);
  expect(needsAttention(summary({ assignee: me }), me.id)).toBe(true);
  expect(needsAttention(summary({ assignee: { id: 'a2', name: 'Omar' } }), me.id)).toBe(false);
  expect(needsAttention(summary({ status: 'closed' }), me.id)).toBe(false);
});

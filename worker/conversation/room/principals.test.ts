import { beforeEach, describe, expect, test } from 'vitest';
import { actorOf, type Message } from '../../../protocol/conversation/message.ts';
import { following, type Machine, type Principal, ruleAs } from '../../auth/principal.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { agentNamed, Server, VISITOR } from '../../test/server.ts';
import type { Change } from '../commands/commands.ts';

/** Every verb of a room by every kind of principal: who may, who is named, and what follows (P11). */

const AGENT = agentNamed('Amos');
const machine = (role: Machine['role'], actions: Machine['actions']): Machine => ({
  role,
  organization_id: 'acme',
  id: `${role} 1`,
  name: role === 'bot' ? 'Helper' : 'Shop',
  actions,
});
const ALL: Machine['actions'] = [
  'conversation.reply',
  'conversation.note',
  'conversation.assign',
  'conversation.move',
  'conversation.close',
  'conversation.reopen',
  'conversation.snooze',
  'conversation.label',
  'customer.edit',
  'customer.block',
];
const RULE = ruleAs('acme', { id: 'rule 1', name: 'Escalate' });
const PRINCIPALS: Record<string, Principal> = {
  visitor: VISITOR,
  agent: AGENT,
  bot: machine('bot', ALL),
  'bot without actions': machine('bot', []),
  'API key': machine('api_key', ALL),
  'API key without actions': machine('api_key', []),
  rule: RULE,
  system: following(AGENT, 'customer'),
};

let server: Server;
let ids = 0;

beforeEach(() => {
  server = new Server(nextId);
});

function nextId(): string {
  ids += 1;
  return `01900000-0000-7000-8000-${String(ids).padStart(12, '0')}`;
}

const post = (principal: Principal, kind: 'text' | 'note' | 'file' = 'text', id = nextId()) =>
  server.room.post(principal, { id, kind, body: 'Hello' });
const entries = () => server.room.history('agent', { limit: 100 }).items;
const last = (): Message | undefined => entries().at(-1);

/** `yes`, or the code of the refusal. */
function outcome(work: () => unknown): string {
  try {
    work();
    return 'yes';
  } catch (error) {
    if (error instanceof FoyerError) return error.code;
    throw error;
  }
}

const CHANGES: Record<string, Change> = {
  snooze: { status: 'snoozed' },
  label: { addLabels: ['vip'] },
  prioritize: { priority: 'high' },
  assign: { assignee: { id: 'bea', name: 'Bea' } },
  move: { department: { id: 'billing', name: 'Billing' } },
};

const VERBS: Record<string, (principal: Principal) => unknown> = {
  text: (principal) => post(principal),
  note: (principal) => post(principal, 'note'),
  mention: (principal) =>
    server.room.post(principal, { id: nextId(), kind: 'text', body: 'Hi', mentions: ['bea'] }),
  file: (principal) => server.room.expect(principal, nextId(), 3),
  claim: (principal) => server.room.claim(principal),
  ...Object.fromEntries(
    Object.entries(CHANGES).map(([name, change]) => [
      name,
      (principal: Principal) => server.room.change(principal, change),
    ]),
  ),
  close: (principal) => server.room.close(principal, 'resolved'),
  rate: (principal) => server.room.rate(principal, { score: 5, comment: null }),
  rename: (principal) => server.room.rename(principal, { full_name: 'Ada', email: null }),
  restrain: (principal) => server.room.restrain(principal, { blocked: true }),
};

describe('what each principal may do', () => {
  const everything = Object.keys(VERBS);
  const without = (...left: string[]) => everything.filter((verb) => !left.includes(verb));

  test.each([
    ['visitor', ['text', 'file', 'close', 'rate', 'rename', 'restrain']],
    ['agent', without('rate')],
    ['bot', without('claim', 'rate')],
    ['bot without actions', []],
    ['API key', without('claim', 'rate')],
    ['API key without actions', []],
    ['rule', without('claim', 'rate')],
    ['system', without('claim', 'rate')],
  ])('P11: a %s does %j, and is named by what it did', (name, expected) => {
    const principal = PRINCIPALS[name] ?? VISITOR;
    const outcomes = everything.map((verb) => {
      server = new Server(nextId);
      const result = outcome(() => VERBS[verb]?.(principal));
      for (const entry of entries()) expect(actorOf(entry)).toEqual(server.room.actor(principal));
      return [verb, result];
    });
    expect(outcomes).toEqual(
      everything.map((verb) => [verb, expected.includes(verb) ? 'yes' : 'forbidden']),
    );
  });

  test.each(Object.entries(CHANGES))(
    'P11: a program needs the permission to %s',
    (name, change) => {
      const action = { snooze: 'snooze', label: 'label', prioritize: 'assign' }[name] ?? name;
      const others = ALL.filter((each) => each !== `conversation.${action}`);
      const by = (actions: Machine['actions']) =>
        outcome(() => server.room.change(machine('bot', actions), change));
      expect(by(others)).toBe('forbidden');
      expect(entries()).toEqual([]);
      expect(by(ALL)).toBe('yes');
    },
  );

  test('P11: no program and no rule sees a mention for a user', () => {
    post(AGENT, 'note');
    for (const name of ['bot', 'API key', 'rule', 'visitor']) {
      const principal = PRINCIPALS[name] ?? VISITOR;
      expect(outcome(() => server.room.change(principal, { mentionSeenBy: 'bea' }))).toBe(
        'forbidden',
      );
    }
  });

  test('P6: none of them reaches another organization or a department that it does not serve', () => {
    const bot = machine('bot', ALL);
    expect(server.room.admits(bot)).toBe(true);
    expect(server.room.admits({ ...bot, departments: ['billing'] })).toBe(false);
    expect(server.room.admits({ ...bot, organization_id: 'globex' })).toBe(false);
    expect(server.room.admits(ruleAs('globex', { id: 'r', name: 'R' }))).toBe(false);
  });
});

describe('a message', () => {
  test.each([
    ['visitor', { kind: 'visitor', id: 'customer', name: null }],
    ['agent', { kind: 'agent', id: 'amos', name: 'Amos' }],
    ['bot', { kind: 'system', id: 'bot 1', name: 'Helper' }],
    ['API key', { kind: 'system', id: 'api_key 1', name: null }],
    ['rule', { kind: 'system', id: 'system', name: null }],
  ])('by a %s is shown to the visitor under %j, without the actor', (name, sender) => {
    post(PRINCIPALS[name] ?? VISITOR);
    const shown = server.room.history('visitor', { limit: 100 }).items.at(-1);
    expect(shown).toMatchObject({ kind: 'text', body: 'Hello', sender });
    expect(shown).not.toHaveProperty('by');
  });

  test('by a rule bears the name that it is given', () => {
    server.room.post(RULE, { id: nextId(), kind: 'text', body: 'Hello', senderName: 'Acme' });
    expect(last()).toMatchObject({
      sender: { kind: 'system', id: 'system', name: 'Acme' },
      by: { kind: 'system', cause: 'rule', id: 'rule 1', name: 'Escalate' },
    });
  });

  test.each(['bot', 'API key', 'rule'])(
    'C6: by a %s is no answer: the visitor waits, nobody has taken part, and it is unread',
    (name) => {
      post(VISITOR);
      const before = server.room.state;
      post(PRINCIPALS[name] ?? VISITOR);
      const { state } = server.room;
      expect(state).toMatchObject({
        status: 'waiting',
        waiting_since: before.waiting_since,
        first_response_at: null,
        last_sender: 'visitor',
        assignee: null,
        agent_read_seq: 0,
        visitor_read_seq: 1,
        last_public_seq: 2,
      });
      post(AGENT);
      expect(server.room.state).toMatchObject({ status: 'active', waiting_since: null });
    },
  );

  test.each(['bot', 'API key', 'rule'])(
    'C6: by a %s leaves read what agents had read, and snoozed what they had snoozed',
    (name) => {
      post(VISITOR);
      post(AGENT);
      server.room.change(AGENT, { status: 'snoozed' });
      const { last_seq } = server.room.state;
      expect(server.room.state.agent_read_seq).toBe(last_seq);
      post(PRINCIPALS[name] ?? VISITOR);
      expect(server.room.state).toMatchObject({
        status: 'snoozed',
        agent_read_seq: last_seq + 1,
        last_sender: 'agent',
      });
    },
  );

  test.each(Object.keys(PRINCIPALS).filter((name) => !name.includes('without')))(
    'P4: by a %s is recognised when it is sent again, and its id is nobody else’s',
    (name) => {
      const principal = PRINCIPALS[name] ?? VISITOR;
      const id = nextId();
      const first = post(principal, 'text', id);
      expect(post(principal, 'text', id)).toEqual({ ...first, first: false });
      const other = name === 'bot' ? RULE : machine('bot', ALL);
      expect(outcome(() => post(other, 'text', id))).toBe('conflict');
    },
  );

  test('of a closed conversation is the visitor’s alone to reopen', () => {
    server.room.close(AGENT, 'resolved');
    for (const name of ['bot', 'API key', 'rule', 'system']) {
      expect(outcome(() => post(PRINCIPALS[name] ?? VISITOR))).toBe('conversation_closed');
      expect(outcome(() => post(PRINCIPALS[name] ?? VISITOR, 'note'))).toBe('yes');
    }
  });
});

describe('a message that is changed', () => {
  test.each(['bot', 'API key'])('by the %s that wrote it, and by nobody else', (name) => {
    const principal = PRINCIPALS[name] ?? VISITOR;
    const other = machine('bot', ALL);
    const { seq } = post(principal);
    const amend = (by: Principal) =>
      outcome(() => server.room.amend(by, { id: nextId(), seq, body: 'Changed' }));
    expect(amend({ ...other, id: 'another' })).toBe('forbidden');
    expect(amend(AGENT)).toBe('forbidden');
    expect(amend(principal)).toBe('yes');
    expect(actorOf(last() ?? expect.fail())).toEqual(server.room.actor(principal));
  });

  test('is never one by Foyer', () => {
    const { seq } = post(RULE);
    expect(outcome(() => server.room.amend(RULE, { id: nextId(), seq, body: null }))).toBe(
      'forbidden',
    );
  });

  test('by a bot that takes back what the visitor had not read leaves nothing unread', () => {
    post(VISITOR);
    const bot = machine('bot', ALL);
    const { seq } = post(bot);
    const isUnread = () => {
      const { visitor_read_seq, last_public_seq } = server.room.state;
      return visitor_read_seq < last_public_seq;
    };
    expect(isUnread()).toBe(true);
    server.room.amend(bot, { id: nextId(), seq, body: null });
    expect(isUnread()).toBe(false);
    post(bot);
    post(AGENT);
    server.room.amend(AGENT, { id: nextId(), seq: last()?.seq ?? 0, body: null });
    expect(isUnread()).toBe(true);
  });
});

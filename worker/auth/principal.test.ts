import { describe, expect, test } from 'vitest';
import { agentNamed } from '../test/server.ts';
import { actorOf, following, may, type Principal, sees } from './principal.ts';

const visitor: Principal = { role: 'visitor', organization_id: 'acme', visitor_id: 'v' };
const agent = { ...agentNamed('Amos'), member_role: 'agent' as const, departments: ['sales'] };
const bot: Principal = {
  role: 'bot',
  organization_id: 'acme',
  id: 'b1',
  name: 'Helper',
  actions: ['conversation.reply'],
  departments: ['sales'],
};
const key: Principal = { ...bot, role: 'api_key', id: 'k1', name: 'Shop', departments: undefined };
const system = following(agent, 'customer');

const placed = (department_id: string) => ({ department_id, assignee: null, mentions: [] });

describe('a principal', () => {
  test('may what it was given, and a visitor nothing of what has a permission', () => {
    const allowed = (principal: Principal) => [
      may(principal, 'conversation.reply'),
      may(principal, 'settings.manage'),
    ];
    expect(
      [visitor, agent, { ...agent, member_role: 'admin' as const }, bot, key, system].map(allowed),
    ).toEqual([
      [false, false],
      [true, false],
      [true, true],
      [true, false],
      [true, false],
      [true, true],
    ]);
    // As sockets keep an agent: they ask for no permission.
    expect(may(agentNamed('Amos'), 'conversation.reply')).toBe(false);
  });

  test('sees the departments that it serves; Foyer itself and whoever has no limit see all', () => {
    const outcomes = [agent, bot, key, system].map((principal) => [
      sees(principal, placed('sales')),
      sees(principal, placed('billing')),
    ]);
    expect(outcomes).toEqual([
      [true, false],
      [true, false],
      [true, true],
      [true, true],
    ]);
  });

  test('is an actor of its own kind, and Foyer names whom it follows', () => {
    expect(
      [visitor, agent, bot, key, system].map((principal) => actorOf(principal, 'customer')),
    ).toEqual([
      { kind: 'visitor', id: 'customer' },
      { kind: 'agent', id: 'amos', name: 'Amos' },
      { kind: 'bot', id: 'b1', name: 'Helper' },
      { kind: 'api_key', id: 'k1', name: 'Shop' },
      { kind: 'agent', id: 'amos', name: 'Amos' },
    ]);
  });
});

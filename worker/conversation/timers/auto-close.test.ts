import { describe, expect, test } from 'vitest';
import { NO_POLICY } from '../../organization/policy.ts';
import { BY, VISITOR } from '../../test/server.ts';
import { amos, HOUR, policy, START, World } from '../../test/timed-conversation.ts';

describe('auto-close', () => {
  test('C12: closes what its visitor left unanswered, after the hours that are set, by Foyer', async () => {
    const world = new World();
    world.policy = policy({ hours: 5, message: 'We close this now.' }, 7);
    world.post(VISITOR);
    world.post(amos);
    await world.pass(5 * HOUR - 1);
    expect(world.state.status).toBe('active');
    await world.pass(1);
    expect(world.state).toMatchObject({
      status: 'closed',
      closed_reason: 'inactive',
      closed_by: { kind: 'system', cause: 'inactivity', id: 'policy-7' },
      reopens: true,
      policy_version: 7,
      // It is no answer.
      last_sender: 'agent',
      message_count: 3,
    });
    const [message, event] = world.server.room.history('agent', { limit: 100 }).items.slice(-2);
    const by = { kind: 'system', cause: 'inactivity', id: 'policy-7' };
    expect(message).toMatchObject({ kind: 'text', body: 'We close this now.', by });
    expect(message?.sender).toEqual({ kind: 'system', id: 'system', name: 'Acme' });
    expect(event?.event).toEqual({
      type: 'closed',
      reason: 'inactive',
      hours: 5,
      reopens: true,
    });
    expect(event?.by).toEqual(by);
  });

  test('C12: never closes what waits for an agent, or is snoozed', async () => {
    const world = new World();
    world.policy = policy({ hours: 1 });
    world.post(VISITOR);
    await world.pass(100 * HOUR);
    expect(world.state.status).toBe('waiting');
    world.post(amos);
    world.post(VISITOR);
    await world.pass(100 * HOUR);
    expect(world.state.status).toBe('active');
    world.post(amos);
    world.snooze(null);
    await world.pass(100 * HOUR);
    expect(world.state.status).toBe('snoozed');
  });

  test('C12: the time begins again as it comes back from snoozing, is reopened or moved', async () => {
    const world = new World();
    world.policy = policy({ hours: 5 });
    world.post(amos);
    world.snooze(50 * HOUR);
    await world.pass(54 * HOUR);
    expect(world.state.status).toBe('active');
    const department = { id: 'billing', name: 'Billing' };
    world.server.room.commands.change(BY, { department });
    await world.pass(4 * HOUR);
    expect(world.state.status).toBe('active');
    await world.pass(HOUR);
    expect(world.state.status).toBe('closed');
    await world.pass(100 * HOUR);
    world.server.room.commands.change(BY, { status: 'active' });
    await world.pass(4 * HOUR);
    expect(world.state.status).toBe('active');
    await world.pass(HOUR);
    expect(world.state.status).toBe('closed');
  });

  test('C12: a department has a time of its own, or none', async () => {
    for (const [departments, hours] of [
      [{ sales: 2, billing: 1 }, 2],
      [{ sales: 0 }, null],
      [{ billing: 1 }, 24],
    ] as const) {
      const world = new World();
      world.policy = policy({ departments });
      world.post(amos);
      await world.pass((hours ?? 500) * HOUR - 1);
      expect(world.state.status).toBe('active');
      await world.pass(1);
      expect(world.state.status).toBe(hours === null ? 'active' : 'closed');
    }
  });

  test('C12: a message that comes while the alarm rings is kept, and nothing closes after it', async () => {
    const world = new World();
    world.policy = policy({ hours: 1 });
    world.post(amos);
    world.evict();
    world.askPolicy = async () => {
      world.post(VISITOR);
      return world.policy;
    };
    await world.pass(100 * HOUR);
    expect(world.happened()).toEqual(['joined', 'text', 'text']);
  });

  test('the policy is requested before closing: a longer time is waited for, and nothing closes where it is off', async () => {
    const world = new World();
    world.policy = policy({ hours: 5 });
    world.post(amos);
    await world.pass(2 * HOUR);
    world.policy = policy({ hours: 9 }, 2);
    await world.pass(4 * HOUR);
    expect([world.state.status, world.alarm]).toEqual(['active', START + 9 * HOUR]);
    world.policy = { version: 3, auto_close: null };
    await world.pass(50 * HOUR);
    expect([world.state.status, world.alarm]).toEqual(['active', null]);
  });

  test('switched on, it reaches objects that sleep; without an answer about the policy nothing closes', async () => {
    const world = new World();
    world.post(amos);
    await world.pass(50 * HOUR);
    world.evict();
    expect(world.alarm).toBeNull();
    world.policy = policy({ hours: 24 });
    world.timers.learn(world.policy);
    expect(world.alarm).toBe(START + 24 * HOUR);
    world.askPolicy = async () => {
      throw new Error('The organization is away.');
    };
    await world.pass(HOUR);
    expect(world.state.status).toBe('active');
    world.askPolicy = async () => world.policy;
    await world.pass(HOUR);
    expect(world.state.status).toBe('closed');
  });

  test('C13: a policy that comes with the answer to the ring’s own commit sets the alarm', async () => {
    const world = new World();
    world.timers.learn(NO_POLICY);
    world.post(amos);
    world.drain = () => world.timers.learn(policy({ hours: 3 }));
    await world.pass(HOUR);
    expect(world.alarm).toBe(START + 3 * HOUR);
  });

  test('P15: an organization that does not use it sets no alarm for it', async () => {
    const world = new World();
    world.post(VISITOR);
    world.post(amos);
    await world.pass(1000 * HOUR);
    expect([world.rows, world.alarm]).toEqual([1, null]);
  });
});

import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { sweep } from '../../jobs/store.ts';
import { SignedInAgent, settleWorld } from '../../test/world.ts';

/** S26: a session ends that is not used, whatever the cookie says. */

const DAY = 24 * 60 * 60_000;
const db = openDatabase(env);

beforeAll(settleWorld);

afterEach(() => {
  vi.useRealTimers();
});

const later = (days: number) =>
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + days * DAY });

const me = async (agent: SignedInAgent) => (await agent.call('GET', '/admin/me')).status;

describe('a session', () => {
  test('S26: ends after 14 days without use', async () => {
    const olive = await SignedInAgent.signIn('olive@acme.example');
    later(13.9);
    expect(await me(olive)).toBe(200);
    later(14.1);
    expect(await me(olive)).toBe(401);
    expect(await sweep(db, new Date())).toBeGreaterThan(0);
    expect(await db.select().from(tables.sessions)).toEqual([]);
  });

  test('S26: ends after 30 days however it is used', async () => {
    const olive = await SignedInAgent.signIn('olive@acme.example');
    for (let day = 10; day < 30; day += 10) {
      later(10);
      expect(await me(olive)).toBe(200);
    }
    later(10.1);
    expect(await me(olive)).toBe(401);
  });

  test('S26: is noted as used once a day at most', async () => {
    const olive = await SignedInAgent.signIn('olive@acme.example');
    const usedAt = async () => (await db.select().from(tables.sessions)).at(-1)?.updatedAt;
    const first = await usedAt();
    later(0.9);
    await me(olive);
    expect(await usedAt()).toEqual(first);
    later(0.2);
    await Promise.all([me(olive), me(olive)]);
    const second = await usedAt();
    expect(second?.getTime()).toBe(Date.now());
    later(0.9);
    await me(olive);
    expect(await usedAt()).toEqual(second);
  });

  test('S26: says when it was used last and when it ends', async () => {
    await db.delete(tables.sessions);
    const start = Date.now();
    const olive = await SignedInAgent.signIn('olive@acme.example');
    const { json } = await olive.call('GET', '/admin/me/sessions');
    expect(json.items).toHaveLength(1);
    const [{ used_at, ends_at }] = json.items;
    expect(Date.parse(used_at)).toBeGreaterThanOrEqual(start - 1_000);
    expect(Date.parse(ends_at)).toBe(Date.parse(used_at) + 14 * DAY);
  });
});

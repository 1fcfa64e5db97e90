import { createScheduledController } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, expect, test, vi } from 'vitest';
import { tables } from '../database/configured.ts';
import { openDatabase } from '../database/database.ts';
import type { Env } from '../env.ts';
import worker from '../index.ts';
import { away } from '../test/outages/away.ts';
import { SignedInAgent, settleWorld } from '../test/world.ts';
import { sweep } from './store.ts';

/** What nobody deletes by hand is deleted every night, on both databases. */

const NOW = Date.now();
const HOUR = 60 * 60_000;
const db = openDatabase(env);
const { rateLimits, sessions, verifications } = tables;
let olive: SignedInAgent;
let userId: string;

beforeAll(async () => {
  const world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
  userId = world.acme.users[0] ?? '';
});

async function addExpired(count: number): Promise<void> {
  const dates = { createdAt: new Date(NOW - 30 * HOUR), updatedAt: new Date(NOW - 30 * HOUR) };
  const expiresAt = new Date(NOW - HOUR);
  const id = () => crypto.randomUUID();
  // D1 takes a hundred parameters a statement.
  for (let left = count; left > 0; left -= 10) {
    await db.insert(sessions).values(
      Array.from({ length: Math.min(left, 10) }, () => {
        return { id: id(), token: id(), userId, expiresAt, ...dates };
      }),
    );
  }
  await db
    .insert(verifications)
    .values({ id: id(), identifier: 'x', value: 'y', expiresAt, ...dates });
  await db
    .insert(rateLimits)
    .values({ id: id(), key: id(), count: 1, lastRequest: NOW - 48 * HOUR });
}

const counts = async () => ({
  sessions: await db.$count(sessions),
  verifications: await db.$count(verifications),
});

const ring = (bindings: Env) => worker.scheduled(createScheduledController(), bindings);

test('the nightly call deletes what has expired, and nothing that is valid', async () => {
  await addExpired(12);
  await ring(env);
  expect(await counts()).toEqual({ sessions: 1, verifications: 0 });
  expect(await db.select().from(rateLimits)).not.toContainEqual(
    expect.objectContaining({ lastRequest: NOW - 48 * HOUR }),
  );
  expect((await olive.call('GET', '/admin/me')).status).toBe(200);
});

test('more than one statement may delete goes with the next ones', async () => {
  await addExpired(520);
  expect(await sweep(db, new Date(NOW))).toBe(522);
  expect(await counts()).toEqual({ sessions: 1, verifications: 0 });
});

test('P9: a database that is away leaves it to the next night', async () => {
  const complain = vi.spyOn(console, 'error').mockImplementation(() => {});
  await ring(away);
  expect(complain).toHaveBeenCalledOnce();
  complain.mockRestore();
});

import { env } from 'cloudflare:workers';
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { OpenDepartment } from '../../../protocol/department.ts';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';
import { measureReply } from './reception-store.ts';

const { conversations } = tables;

/** What a visitor is told of the departments before they choose one. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let olive: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
  olive = await SignedInAgent.signIn('olive@acme.example');
});

async function shown(name: string): Promise<OpenDepartment | undefined> {
  const { session } = await Visitor.arrive();
  return session.departments.find((department) => department.name === name);
}

const change = (id: string, body: object) => olive.call('PATCH', `/admin/departments/${id}`, body);

describe('who is there', () => {
  test('is who serves the department and has a dashboard open, by name and no more', async () => {
    const { billing, users } = world.acme;
    expect(await shown('Billing')).toMatchObject({ online: [] });
    const dashboard = await amos.socket('/inbox/socket');
    await dashboard.next('presence');
    expect((await shown('Billing'))?.online).toEqual([{ name: 'Amos' }]);
    // Served by Olive alone, it has nobody there.
    await change(billing, { memberIds: [users[0]] });
    expect(await shown('Billing')).toMatchObject({ online: [] });
    await change(billing, { offline: 'hide' });
    expect(await shown('Billing')).toBe(undefined);
    await change(billing, { offline: 'show', memberIds: [] });
    dashboard.close();
    await dashboard.gone();
  });
});

describe('how soon one usually gets an answer', () => {
  test('is the median of what was answered, and nothing where too little was', async () => {
    const { id, sales } = world.acme;
    const db = openDatabase(env);
    const answered = async (seconds: number) => {
      const visitor = await Visitor.arrive();
      const conversation = await visitor.pick(sales, {
        preChatData: { name: 'Ada', email: 'ada@example.org', size: '2 to 10' },
      });
      const at = new Date(Date.parse(conversation.created_at) + seconds * 1000);
      await db
        .update(conversations)
        .set({ shelf: 'closed', status: 'closed', closed_at: at, first_response_at: at })
        .where(and(eq(conversations.organization_id, id), eq(conversations.id, conversation.id)));
    };
    await answered(60);
    await answered(7_200);
    expect(await measureReply(db, id, sales)).toBe(null);
    await answered(90);
    expect(await measureReply(db, id, sales)).toBe(90);
    expect(await measureReply(db, world.globex.id, sales)).toBe(null);
  });

  test('is told with the departments', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
    expect(await shown('Sales')).toMatchObject({ reply_seconds: 90 });
    vi.useRealTimers();
  });
});

test('a visitor who comes back is told what they have said of themselves, and nobody else', async () => {
  const visitor = await Visitor.arrive();
  expect(visitor.session.customer).toBe(null);
  await visitor.pick(world.acme.billing, { customerData: { name: 'Ada', email: 'a@b.example' } });
  const back = await Visitor.arrive('wk_acme', visitor.session.visitorToken);
  expect(back.session.customer).toEqual({ full_name: 'Ada', email: 'a@b.example', phone: null });
  expect((await Visitor.arrive()).session.customer).toBe(null);
});

import { runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { conversationObject } from '../conversation/calls/address.ts';
import { SignedInAgent, SOON, settleWorld, Visitor } from '../test/world.ts';
import { tables } from './configured.ts';
import { openDatabase } from './database.ts';
import { Connection } from './postgres.ts';

const { conversations } = tables;

/**
 * O13: a version that runs before its migrations were applied. What needs the new tables or columns
 * answers 503 with a sentence; everything else works, and nothing is lost.
 */

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
});

afterEach(() => {
  vi.restoreAllMocks();
});

async function run(statement: string): Promise<void> {
  if (env.HYPERDRIVE) await new Connection(env.HYPERDRIVE, false).query(statement);
  else await env.DB.prepare(statement).run();
}

/** Takes something away for as long as the work takes. */
async function without(change: [take: string, giveBack: string], work: () => Promise<void>) {
  await run(change[0]);
  try {
    await work();
  } finally {
    await run(change[1]);
  }
}

const updating = {
  status: 503,
  json: { error: { code: 'unavailable', message: 'Foyer is being updated. Try again shortly.' } },
};

test.each([
  ['a table', '/admin/canned-responses', 'canned_responses RENAME TO', 'canned_responses', ''],
  // Between double quotes SQLite would read it as a text.
  ['a column', '/admin/labels', 'labels RENAME COLUMN color TO', 'labels', 'COLUMN color'],
])(
  'O13: what needs %s that is not there yet says so, and nothing else does',
  async (_, path, change, table, column) => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const back = column
      ? `ALTER TABLE ${table} RENAME COLUMN later TO color`
      : `ALTER TABLE later RENAME TO ${table}`;
    await without([`ALTER TABLE ${change} later`, back], async () => {
      expect(await amos.call('GET', path)).toMatchObject(updating);
      expect(await amos.call('GET', '/admin/conversations')).toMatchObject({ status: 200 });
    });
    expect(await amos.call('GET', path)).toMatchObject({ status: 200 });
  },
);

test('O13 P7: a chat goes on meanwhile, and its row follows once the column is there', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const visitor = await Visitor.arrive();
  const conversation = await visitor.pick(world.acme.billing);
  const visitorSocket = await visitor.socket(conversation.id);
  await visitorSocket.hello();
  const object = conversationObject(env, world.acme.id, conversation.id);
  const read = () =>
    openDatabase(env).select().from(conversations).where(eq(conversations.id, conversation.id));
  const column = 'conversations RENAME COLUMN';
  await without(
    [
      `ALTER TABLE ${column} last_message_preview TO later`,
      `ALTER TABLE ${column} later TO last_message_preview`,
    ],
    async () => {
      await visitorSocket.send('Is anybody there?');
      await visitorSocket.send('It is about my order.');
      expect(await runDurableObjectAlarm(object)).toBe(true);
    },
  );
  await runDurableObjectAlarm(object);
  await vi.waitFor(
    async () =>
      expect(await read()).toMatchObject([
        { message_count: 2, last_message_preview: 'It is about my order.' },
      ]),
    SOON,
  );
});

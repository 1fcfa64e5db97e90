import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { eq, getTableColumns } from 'drizzle-orm';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { documentTerms } from '../../../drizzle/search/terms.ts';
import type { SearchHit } from '../../../protocol/resources/search.ts';
import { conversationObject } from '../../conversation/calls/address.ts';
import { databaseKind, tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { uuidv7 } from '../../kernel/ids.ts';
import { SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';
import { searchIndexOf } from './index-store.ts';

const { conversations, searchDocuments, widgetCustomers } = tables;

/** What can be read of a document. */
const { terms: _, ...columnsOfDocuments } = getTableColumns(searchDocuments);

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let gus: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
  gus = await SignedInAgent.signIn('gus@globex.example');
}, 60_000);

async function search(agent: SignedInAgent, q: string, more = ''): Promise<SearchHit[]> {
  const path = `/admin/search?q=${encodeURIComponent(q)}${more}`;
  const { status, json } = await agent.call('GET', path);
  expect(status, q).toBe(200);
  return json.items;
}

/** The messages that are found, with what is marked between brackets. */
async function idsFor(q: string, agent = amos): Promise<string[]> {
  return (await search(agent, q)).flatMap((hit) =>
    hit.kind === 'message' ? withMarks(hit.snippet) : [],
  );
}

function withMarks({ text, marks }: { text: string; marks: [number, number][] }): string {
  return marks.reduceRight(
    (all, [start, end]) => `${all.slice(0, start)}[${all.slice(start, end)}]${all.slice(end)}`,
    text,
  );
}

/** A visitor of Acme's Billing who said this. */
async function conversationWith(...bodies: string[]) {
  const visitor = await Visitor.arrive();
  const { id } = await visitor.pick(world.acme.billing);
  const say = async (body: string) => {
    const sent = { id: crypto.randomUUID(), body };
    return (await visitor.call('POST', `/conversations/${id}/messages`, sent)).json.seq as number;
  };
  for (const body of bodies) await say(body);
  const object = conversationObject(env, world.acme.id, id);
  return { visitor, id, say, object };
}

/** The lists are told once a second of a burst, and the machine may be slow. */
const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 15_000 });

const close = (id: string) =>
  amos.call('PATCH', `/admin/conversations/${id}`, { status: 'closed' });

describe('search', () => {
  test('finds what was said when the conversation closes: words, beginnings, phrases, in any spelling', async () => {
    const { id, say } = await conversationWith(
      'Where is my **Crème brûlée** order?',
      'It was paid: inv-2041.',
    );
    for (let n = 0; n < 3; n += 1) await say(`filler ${n}`);
    const note = { id: crypto.randomUUID(), body: 'Give a refund quietly', kind: 'note' };
    await amos.call('POST', `/admin/conversations/${id}/messages`, note);
    // Still open: only its last message is found.
    await soon(async () => expect(await idsFor('brulee order')).toEqual([]));
    await close(id);
    await soon(async () => expect(await idsFor('brulee')).not.toEqual([]));

    expect(await idsFor('CREME brulee ord')).toEqual(['Where is my [Crème] [brûlée] [order]?']);
    expect(await idsFor('"creme brulee"')).toEqual(['Where is my [Crème brûlée] order?']);
    expect(await idsFor('"brulee creme"')).toEqual([]);
    expect(await idsFor('inv-2041')).toEqual(['It was paid: [inv-2041].']);
    expect(await idsFor('"ord"')).toEqual([]);
    // Both are in the conversation; the message that has more of them is shown.
    expect(await idsFor('order refund')).toEqual(['Give a [refund] quietly']);
    const [hit] = await search(amos, 'quietly');
    expect(hit).toMatchObject({ kind: 'message', note: true, seq: 6, conversation: { id } });
    expect(await idsFor('quietly', gus)).toEqual([]);
  });

  test('the last message of an open conversation is found at once, the rest when the alarm rings', async () => {
    const { say, object } = await conversationWith('A marmalade sandwich');
    await soon(async () => expect(await idsFor('marmalade')).toHaveLength(1));
    await say('With butter');
    await soon(async () => expect(await idsFor('butter')).toHaveLength(1));
    await soon(async () => expect(await idsFor('marmalade')).toEqual([]));
    await runDurableObjectAlarm(object);
    expect(await idsFor('marmalade')).toEqual(['A [marmalade] sandwich']);
  });

  test('a text that was edited or deleted is no longer found', async () => {
    const { visitor, id, object } = await conversationWith(
      'My card is 4000 0000',
      'And the kingfisher',
    );
    await runDurableObjectAlarm(object);
    expect(await idsFor('kingfisher')).toHaveLength(1);
    const messages = `/conversations/${id}/messages`;
    const edit = { id: crypto.randomUUID(), body: 'My card is lost' };
    await visitor.call('PATCH', `${messages}/1`, edit);
    await visitor.call('DELETE', `${messages}/2?id=${crypto.randomUUID()}`);
    await soon(async () => {
      expect(await idsFor('kingfisher')).toEqual([]);
      expect(await idsFor('4000')).toEqual([]);
      expect(await idsFor('"card is lost"')).toEqual(['My [card is lost]']);
    });
  });

  test('P7 an index that is away is made up for, and written once however often it is told', async () => {
    const { id, object } = await conversationWith('A porcupine');
    let writes = 0;
    await runInDurableObject(object, (instance) => {
      const real = searchIndexOf(env);
      instance.searchIndex = {
        ...real,
        write: async (key, read) => {
          writes += 1;
          if (writes === 1) throw new Error('The database is away.');
          await real.write(key, read);
        },
      };
    });
    vi.spyOn(console, 'error').mockImplementation(() => {});
    await close(id);
    await vi.waitFor(() => expect(writes).toBe(1));
    await runDurableObjectAlarm(object);
    expect(await idsFor('porcupine')).toEqual(['A [porcupine]']);
    await runInDurableObject(object, (instance) => instance.alarm());
    expect(writes).toBe(3);
    expect(await idsFor('porcupine')).toHaveLength(1);
  });

  test('P6 a conversation that has the number of another one leaves its document alone', async () => {
    const first = await conversationWith('A hippopotamus');
    await close(first.id);
    await soon(async () => expect(await idsFor('hippopotamus')).toHaveLength(1));
    for (const [place, key] of [
      [world.acme, 'wk_acme'],
      [world.globex, 'wk_globex'],
    ] as const) {
      const department = 'billing' in place ? place.billing : place.support;
      const { id } = await (await Visitor.arrive(key)).pick(department);
      // The same time and the same last bits, by which the number is made.
      const twin = `${first.id.slice(0, 18)}${id.slice(18, -3)}${first.id.slice(-3)}`;
      await openDatabase(env)
        .update(conversations)
        .set({ id: twin })
        .where(eq(conversations.id, id));
      const base = { seq: 1, by: 'visitor' as const, name: null, note: false, sent_at: '' };
      await searchIndexOf(env).write({ organization_id: place.id, id: twin }, () => ({
        version: 9,
        texts: [{ ...base, text: 'A walrus' }],
      }));
      expect(await idsFor('hippopotamus')).toEqual(['A [hippopotamus]']);
      expect(await idsFor('walrus')).toEqual([]);
    }
  });

  test('finds customers by name, address and number, also by a name that an agent gave them', async () => {
    const visitor = await Visitor.arrive();
    const { id, widget_customer_id } = await visitor.pick(world.acme.sales, {
      preChatData: { name: 'Zoë Ångström', email: 'zoe@lab.example', phone: '+46 8 123' },
    });
    await close(id);
    const names = async (q: string, agent = amos) =>
      (await search(agent, q)).flatMap((hit) =>
        hit.kind === 'customer' ? (hit.customer.full_name ?? '') : [],
      );
    expect(await names('zoe angs')).toEqual(['Zoë Ångström']);
    expect(await names('zoe@lab.example')).toEqual(['Zoë Ångström']);
    expect(await names('46 8 12')).toEqual(['Zoë Ångström']);
    await amos.call('PATCH', `/admin/customers/${widget_customer_id}`, { name: 'Zoë Celsius' });
    expect(await names('celsius')).toEqual(['Zoë Celsius']);
    expect(await names('celsius', gus)).toEqual([]);
    const [hit] = await search(amos, 'celsius');
    expect(hit).toMatchObject({ kind: 'customer', marks: { full_name: [[4, 11]], email: [] } });
  });

  describe('A7: a phone number finds its customer', () => {
    const phones = {
      'Kira Abroad': '+49 170 9876543',
      'Nils Home': '0171/98.76.543',
      'Mona Brackets': '+49 (0)172 9876543',
    };
    const called = async (q: string) =>
      (await search(amos, q)).flatMap((hit) =>
        hit.kind === 'customer' ? [[hit.customer.full_name, hit.marks.phone.length]] : [],
      );

    beforeAll(async () => {
      for (const [name, phone] of Object.entries(phones)) {
        const visitor = await Visitor.arrive();
        const preChatData = { name, email: 'a@phone.example', phone };
        const { id } = await visitor.pick(world.acme.sales, { preChatData });
        const message = { id: crypto.randomUUID(), body: `I am ${name}` };
        await visitor.call('POST', `/conversations/${id}/messages`, message);
        await close(id);
        await soon(async () => expect(await idsFor(`"I am ${name}"`)).toHaveLength(1));
      }
    });

    const queries: [q: string, name: keyof typeof phones][] = [
      ['0170 9876543', 'Kira Abroad'],
      ['+491709876543', 'Kira Abroad'],
      ['0049-170-98 76 543', 'Kira Abroad'],
      ['(0170) 98765-43', 'Kira Abroad'],
      ['\u202d+49 170 9876543\u202c', 'Kira Abroad'],
      ['٠١٧٠ ٩٨٧٦٥٤٣', 'Kira Abroad'],
      ['+49 170 98', 'Kira Abroad'],
      ['+49 171 9876543', 'Nils Home'],
      ['01719876543', 'Nils Home'],
      ['0172 9876543', 'Mona Brackets'],
      ['+49 172 9876543', 'Mona Brackets'],
    ];
    test.each(queries)('%s', async (q, name) => expect(await called(q)).toEqual([[name, 1]]));

    test('of the newest, by any part of it', async () => {
      expect(await called('70 9876')).toEqual([['Kira Abroad', 1]]);
      expect(await called('0173 9876543')).toEqual([]);
    });

    test('by its first and its last digits, also when five hundred others were here since', async () => {
      const db = openDatabase(env);
      const others = Array.from({ length: 500 }, (_, number) => ({
        organization_id: world.acme.id,
        id: uuidv7(),
        visitor_id: `v_other_${number}`,
        custom_fields: {},
        first_seen_at: new Date(),
        last_seen_at: new Date('2100-01-01'),
      }));
      for (let from = 0; from < others.length; from += 10) {
        await db.insert(widgetCustomers).values(others.slice(from, from + 10));
      }
      for (const [q, name] of queries) expect(await called(q), q).toEqual([[name, 1]]);
    });
  });

  describe('A6: documents from before the one folding', () => {
    const newer = 'lodz hauptstrasse 4711 sorensen';
    const former = 'łodz hauptstraße ٤٧١١ sørensen';
    let id: string;

    beforeAll(async () => {
      const conversation = await conversationWith('Łódź Hauptstraße ٤٧١١ Sørensen');
      ({ id } = conversation);
      await close(id);
      await soon(async () => expect(await idsFor('lodz')).toHaveLength(1));
      // As a version before this one wrote it.
      const db = openDatabase(env);
      const isIt = eq(searchDocuments.conversation_id, id);
      const [document] = await db.select(columnsOfDocuments).from(searchDocuments).where(isIt);
      const { texts = [] } = document ?? {};
      let terms = documentTerms(databaseKind, world.acme.id, { texts, customer: [] });
      for (const [at, word] of newer.split(' ').entries()) {
        terms = terms.replaceAll(word, former.split(' ')[at] ?? '');
      }
      await db.delete(searchDocuments).where(isIt);
      if (document) await db.insert(searchDocuments).values({ ...document, terms });
    });

    test.each([
      ...['Łódź', 'hauptstraße SØRENSEN', '"łódź hauptstraße"', '٤٧١١', 'Sør'],
      ...['lodz', 'HAUPTSTRASSE', 'sorensen lodz', 'sor'],
    ])('are found by %s', async (q) => expect(await idsFor(q)).toHaveLength(1));
  });

  test('P9 nothing that is asked is an error', async () => {
    const odd = ['"', '"""', 'a OR b', 'NOT', 'x*', '*', "' OR 1=1 --", 'near(a b)', '()', '{a}:b'];
    for (const q of [
      ...odd,
      'a & b | !c',
      ':*',
      '\\',
      '你好',
      '🦔',
      '^x',
      '-',
      `${'w '.repeat(99)}`,
    ]) {
      await search(amos, q);
    }
    const { status } = await amos.call('GET', `/admin/search?q=${'x'.repeat(201)}`);
    expect(status).toBe(400);
  });

  test('pages are walked by their key, newest first', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      const { id } = await conversationWith(`The albatross ${n}`);
      await close(id);
      ids.unshift(id);
    }
    await soon(async () => expect(await idsFor('albatross')).toHaveLength(5));
    const walked: string[] = [];
    for (let cursor = ''; ; ) {
      const path = `/admin/search?q=albatross&limit=2${cursor}`;
      const { items, next_cursor } = (await amos.call('GET', path)).json;
      walked.push(...items.map((hit: { conversation: { id: string } }) => hit.conversation.id));
      if (!next_cursor) break;
      cursor = `&cursor=${next_cursor}`;
    }
    expect(walked).toEqual(ids);
  });
});

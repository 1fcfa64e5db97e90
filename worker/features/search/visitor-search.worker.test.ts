import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { documentNumber } from '../../../drizzle/search/document-number.ts';
import { documentTerms } from '../../../drizzle/search/terms.ts';
import { conversationObject } from '../../conversation/calls/address.ts';
import { databaseKind, tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { uuidv7 } from '../../kernel/ids.ts';
import { SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';
import { MAX_READ } from './visitor-store.ts';

const { conversations, searchDocuments } = tables;

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
});

/** A conversation in which the visitor and Amos said this, ended and in the index. */
async function ended(visitor: Visitor, department: string, question: string, noted: string) {
  const { id } = await visitor.pick(department);
  const path = `/conversations/${id}/messages`;
  await visitor.call('POST', path, { id: crypto.randomUUID(), body: question });
  await visitor.call('POST', path, { id: crypto.randomUUID(), body: 'Thank you' });
  const note = { id: crypto.randomUUID(), body: noted, kind: 'note' };
  await amos.call('POST', `/admin${path}`, note);
  await visitor.call('POST', `/conversations/${id}/close`, {});
  return id;
}

test('a visitor finds their own earlier conversations by what was said, and nothing else (P5)', async () => {
  const ada = await Visitor.arrive();
  const bob = await Visitor.arrive();
  const order = await ended(ada, world.acme.billing, 'My order has a dent', 'A known troublemaker');
  const sofa = await ended(ada, world.acme.billing, 'Is the green sofa here?', 'Give ten per cent');
  await ended(bob, world.acme.billing, 'My order is lost', 'Angry');
  const search = async (q: string, visitor = ada) => {
    for (const id of [order, sofa]) await conversationObject(env, world.acme.id, id).settle();
    const path = `/conversations?q=${encodeURIComponent(q)}`;
    const { json } = await visitor.call('GET', path);
    return json.items.map((item: { id: string; last_message_preview: string }) => [
      item.id,
      item.last_message_preview,
    ]);
  };
  await vi.waitFor(
    async () => expect(await search('dent')).toEqual([[order, 'My order has a dent']]),
    { timeout: 15_000 },
  );
  expect(await search('ORDER')).toEqual([[order, 'My order has a dent']]);
  await vi.waitFor(
    async () => expect(await search('sof')).toEqual([[sofa, 'Is the green sofa here?']]),
    { timeout: 15_000 },
  );
  expect(await search('thank')).toHaveLength(2);
  expect(await search('troublemaker')).toEqual([]);
  expect(await search('lost')).toEqual([]);
  expect(await search('dent', await Visitor.arrive())).toEqual([]);
});

test('the conversation that goes on is found by all that was said in it, not by a note', async () => {
  const ada = await Visitor.arrive();
  const { id } = await ada.pick(world.acme.billing);
  const path = `/conversations/${id}/messages`;
  await ada.call('POST', path, { id: crypto.randomUUID(), body: 'The lamp flickers' });
  const note = { id: crypto.randomUUID(), body: 'A known fault', kind: 'note' };
  await amos.call('POST', `/admin${path}`, note);
  await ada.call('POST', path, { id: crypto.randomUUID(), body: 'Hello?' });
  const search = async (q: string) => (await ada.call('GET', `/conversations?q=${q}`)).json.items;
  expect(await search('flickers')).toMatchObject([
    { id, last_message_preview: 'The lamp flickers' },
  ]);
  expect(await search('fault')).toEqual([]);
});

describe('S11: a search over 88 own conversations of 130,000 characters', () => {
  const COUNT = 88;
  const LONG = 130_000;
  /** Characters besides the documents: names, previews, and the messages with a hit again. */
  const BESIDE = 30_000;
  let ada: Visitor;
  /** Newest first. */
  const ids: string[] = [];

  /**
   * Every message has `common`, the last ones `final`, one of each document its number, and three
   * documents `seldom`.
   */
  const talk = (number: number) => {
    const word = 'y'.repeat(99);
    const length = 5_000;
    return Array.from({ length: LONG / length }, (_, index) => ({
      seq: index + 1,
      by: 'visitor' as const,
      name: null,
      note: false,
      sent_at: '2026-11-28T00:00:00.000Z',
      text: [
        'common',
        index === 25 && 'final',
        index === 7 && `n${number} ${number % 30 === 0 ? 'seldom' : ''}`,
        `${word} `.repeat(49),
      ]
        .filter(Boolean)
        .join(' ')
        .padEnd(length, 'z'),
    }));
  };

  beforeAll(async () => {
    ada = await Visitor.arrive();
    const { id, widget_customer_id } = await ada.pick(world.acme.billing);
    await ada.call('POST', `/conversations/${id}/close`, {});
    const db = openDatabase(env);
    const organization_id = world.acme.id;
    for (let number = 0; number < COUNT; number += 1) {
      const texts = talk(number);
      const own = uuidv7();
      ids.unshift(own);
      await db.insert(conversations).values({
        organization_id,
        id: own,
        widget_customer_id,
        department_id: world.acme.billing,
        pre_chat_data: {},
        status: 'closed',
        shelf: 'closed',
        created_at: new Date(Date.now() + number),
        closed_at: new Date(),
        activity_at: new Date(),
      });
      await db.insert(searchDocuments).values({
        organization_id,
        document: documentNumber(own),
        conversation_id: own,
        version: 30,
        texts,
        terms: documentTerms(databaseKind, organization_id, { texts, customer: [] }),
      });
    }
  });

  /** A page, and how many characters were folded for it. */
  async function page(q: string, cursor: string | null = null) {
    let folded = 0;
    const { toLowerCase } = String.prototype;
    const spy = vi.spyOn(String.prototype, 'toLowerCase').mockImplementation(function (
      this: string,
    ) {
      folded += this.length;
      return toLowerCase.call(this);
    });
    try {
      const { status, json } = await ada.call(
        'GET',
        `/conversations?q=${encodeURIComponent(q)}${cursor ? `&cursor=${cursor}` : ''}`,
      );
      expect(status).toBe(200);
      const ids: string[] = json.items.map((item: { id: string }) => item.id);
      return { found: ids, folded, next: json.next_cursor as string | null };
    } finally {
      spy.mockRestore();
    }
  }

  async function walk(q: string) {
    const pages: Awaited<ReturnType<typeof page>>[] = [];
    for (let cursor: string | null = null; ; ) {
      const result = await page(q, cursor);
      pages.push(result);
      if (result.next === null) return pages;
      cursor = result.next;
    }
  }

  test('folds two documents a page, and all are found, newest first', async () => {
    const pages = await walk('common final');
    for (const { folded, found: pageIds } of pages) {
      expect(folded).toBeLessThan(MAX_READ + BESIDE);
      expect(pageIds.length).toBeLessThanOrEqual(2);
    }
    expect(pages[0]?.folded).toBeGreaterThan(LONG);
    expect(pages.flatMap(({ found: pageIds }) => pageIds)).toEqual(ids);
  });

  test('reads only what the index finds', async () => {
    const result = await page('n41');
    expect(result).toMatchObject({ found: [ids[COUNT - 1 - 41]], next: null });
    expect(result.folded).toBeLessThan(LONG + BESIDE);
    const none = await page('nothing');
    expect(none).toMatchObject({ found: [], next: null });
    expect(none.folded).toBeLessThan(BESIDE);
    const pages = await walk('seldom');
    expect(pages.flatMap(({ found: pageIds }) => pageIds)).toEqual(
      [60, 30, 0].map((n) => ids[COUNT - 1 - n]),
    );
    expect(pages).toHaveLength(2);
  });
});

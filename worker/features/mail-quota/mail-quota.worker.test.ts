import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { sweep } from '../../jobs/store.ts';
import { type Counted, countMail, type MailQuota, mailboxOf } from './mail-quota.ts';

const { countedMails } = tables;

const HOUR = 60 * 60_000;
const QUOTA: MailQuota = { name: 'test', most: 3, period: HOUR };
/** Ten minutes into an hour. */
const NOW = Date.parse('2027-03-01T12:10:00Z');

const db = openDatabase(env);
const count = (subject: string, now = NOW, ...more: Counted[]) =>
  countMail(db, env.FOYER_SECRET, [{ quota: QUOTA, subject }, ...more], now);

test('S8: a limited number of mails pass in a period, also when requested at once', async () => {
  const counts = await Promise.all(Array.from({ length: 9 }, () => count('at once')));
  expect(counts.filter(({ ok }) => ok)).toHaveLength(3);
  expect(await count('at once')).toEqual({ ok: false, retryAfter: 50 * 60 });
  expect((await count('another')).ok).toBe(true);
  expect((await count('at once', NOW + HOUR)).ok).toBe(true);
});

test('a mail that could not be sent is given back, and one quota takes nothing where another refuses', async () => {
  const other = { quota: { ...QUOTA, name: 'other', most: 1 }, subject: 'given back' };
  for (let mail = 0; mail < 5; mail += 1) {
    const permit = await count('given back', NOW, other);
    expect(permit.ok).toBe(true);
    if (permit.ok) await permit.undo();
  }
  const before = await db.$count(countedMails);
  expect((await count('given back', NOW, other)).ok).toBe(true);
  expect((await count('given back', NOW, other)).ok).toBe(false);
  expect(await db.$count(countedMails)).toBe(before + 2);
});

test('the table tells no address, and its rows go the night after the period', async () => {
  await count('ada@example.org');
  expect(JSON.stringify(await db.select().from(countedMails))).not.toContain('ada');
  await sweep(db, new Date(NOW + 25 * HOUR));
  expect(await db.$count(countedMails)).toBe(0);
});

test.each([
  ['Ada@Example.org', 'ada@example.org'],
  ['ada+1@example.org', 'ada@example.org'],
  ['a.d.a+x@googlemail.com', 'ada@gmail.com'],
  ['a.da@example.org', 'a.da@example.org'],
  ['ada@ｅｘａｍｐｌｅ。org', 'ada@example.org'],
  ['a.da@ｇmail.com', 'ada@gmail.com'],
  ['ivan@xn--80a1acny.xn--p1ai', 'ivan@почта.рф'],
])('S8: %s is the mailbox %s', (address, mailbox) => {
  expect(mailboxOf(address)).toBe(mailbox);
});

import { expect, test } from 'vitest';
import { toMime } from '../worker/email/mime.ts';
import { readMail } from './mails.mjs';

const mail = (subject: string, text: string) =>
  toMime({
    from: { name: 'Foyer', email: 'foyer@foyer.example' },
    to: { email: 'ada@shop.example' },
    subject,
    text,
    html: `<p>${text}</p>`,
    date: new Date('2026-01-02T03:04:05Z'),
    id: 'an-id',
  });

test('a local mail is told with its subject and its links, whatever language it is in', () => {
  const subject = 'Ihr neues Passwort für Foyer, und was sonst noch in eine lange Zeile gehört';
  const link = `http://localhost:8787/admin/new-password#${'a1.'.repeat(60)}`;
  expect(readMail(mail(subject, `Grüße\n\n${link}\n`))).toBe(
    `\nA mail to ada@shop.example: ${subject}\n\n  Grüße\n\n  ${link}\n`,
  );
});

test('half a mail is told later', () => {
  const raw = mail('Hello', 'A text');
  expect(readMail(raw.slice(0, -10))).toBe(null);
  expect(readMail('')).toBe(null);
});

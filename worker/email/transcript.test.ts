import { expect, test } from 'vitest';
import type { Message } from '../../protocol/message.ts';
import { transcriptMail } from './mails.ts';
import { toHtml, toText } from './render.ts';

const message = (change: Partial<Message>): Message => ({
  seq: 1,
  id: '01900000-0000-7000-8000-000000000001',
  kind: 'text',
  sender: { kind: 'visitor', id: 'w', name: null },
  body: 'Where is my order?',
  sent_at: '2026-11-25T12:34:56.000Z',
  ...change,
});

test('a transcript says who wrote what and when, and markup in it stays text', () => {
  const mail = transcriptMail('ada@example.org', {
    department: 'Sales',
    messages: [
      message({}),
      message({ sender: { kind: 'agent', id: 'a', name: 'Amos' }, body: '<b>Here</b>' }),
      message({
        kind: 'file',
        body: '',
        file: { id: 'f', name: 'bill.pdf', type: 'application/pdf', size: 1 },
      }),
    ],
  });
  expect(mail).toMatchObject({ to: 'ada@example.org', subject: 'Your conversation with Sales' });
  const text = toText(mail.blocks);
  expect(text).toContain('You, 2026-11-25 12:34 UTC: Where is my order?');
  expect(text).toContain('Amos, 2026-11-25 12:34 UTC: <b>Here</b>');
  expect(text).toContain('[bill.pdf]');
  expect(toHtml(mail.subject, mail.blocks)).toContain('&lt;b&gt;Here&lt;/b&gt;');
});

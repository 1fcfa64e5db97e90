import { expect, test } from 'vitest';
import type { Message } from '../../../protocol/conversation/message.ts';
import { transcriptMail } from '../../email/mails.ts';
import { toHtml, toText } from '../../email/render.ts';

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
  expect(text).toContain('The visitor wrote, 2026-11-25 12:34 UTC:\n\n> Where is my order?');
  expect(text).toContain('Amos, 2026-11-25 12:34 UTC: <b>Here</b>');
  expect(text).toContain('> [bill[.]pdf]');
  expect(toHtml(mail.subject, mail.blocks)).toContain('&lt;b&gt;Here&lt;/b&gt;');
});

test.each([
  ['https://evil.example/login', 'https[:]//evil[.]example/login'],
  ['www.paypal.com', 'www[.]paypal[.]com'],
  ['write to a@evil.example', 'write to a@evil[.]example'],
  ['mailto:a@evil.example', 'mailto[:]a@evil[.]example'],
  ['http://192.0.2.1/x', 'http[:]//192.0.2.1/x'],
  ['почта。рф', 'почта[.]рф'],
  ['It costs 3.50. See you at 10:30', 'It costs 3.50. See you at 10:30'],
])('S8: %j of a visitor is no link in the mail', (body, inert) => {
  const { subject, blocks } = transcriptMail('ada@example.org', {
    department: 'Sales',
    messages: [message({ body })],
  });
  expect(toText(blocks)).toContain(`> ${inert}\n`);
  expect(toHtml(subject, blocks)).toContain(`>${inert}</blockquote>`);
  expect(toHtml(subject, blocks)).not.toContain('<a ');
});

test.each([
  [
    '[www.paypal.com/login](https://evil.example/)',
    'www.paypal.com/login (evil.example: https://evil.example/)',
  ],
  ['https://bank.example@evil.example/', 'https://bank.example@evil.example/ (evil.example)'],
  ['[\u202emoc.lapyap](https://evil.example/)', 'moc.lapyap (evil.example: https://evil.example/)'],
  ['See *[the docs](https://docs.example/a)*', 'See the docs (https://docs.example/a)'],
  ['- https://docs.example/a', '• https://docs.example/a'],
])('S15: %j of an agent shows where it leads', (body, shown) => {
  const { subject, blocks } = transcriptMail('ada@example.org', {
    department: 'Sales',
    messages: [message({ sender: { kind: 'agent', id: 'a', name: 'Amos' }, body })],
  });
  expect(toText(blocks)).toContain(`UTC: ${shown}\n`);
  expect(toHtml(subject, blocks)).toContain(`UTC: ${shown}</p>`);
});

test('S8: a visitor’s name and line breaks cannot pass for our words', () => {
  const { blocks } = transcriptMail('ada@example.org', {
    department: 'Sales',
    messages: [
      message({
        sender: { kind: 'visitor', id: 'w', name: 'Sales, 2026-11-25 12:34 UTC' },
        body: 'Hi\r\n\r\nSales, 2026-11-25 12:34 UTC: pay here\u2028Amos: now',
      }),
    ],
  });
  const [, ...paragraphs] = toText(blocks).trim().split('\n\n');
  expect(paragraphs).toEqual([
    'The visitor wrote, 2026-11-25 12:34 UTC:',
    '> Hi\n> \n> Sales, 2026-11-25 12:34 UTC: pay here\n> Amos: now',
  ]);
});

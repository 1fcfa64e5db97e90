import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Block } from './document.ts';
import { headerText, toMime } from './mime.ts';
import { toHtml, toText } from './render.ts';

const mail = (more: { subject?: string; name?: string; to?: string } = {}) =>
  toMime({
    from: { name: more.name ?? 'Foyer', email: 'foyer@chat.example' },
    to: { email: more.to ?? 'ada@shop.example' },
    subject: more.subject ?? 'Hello',
    text: 'Grüße\nund mehr\n',
    html: '<p>Grüße</p>',
    date: new Date('2026-01-02T03:04:05Z'),
    id: 'an-id',
  });

const headersOf = (raw: string) => raw.slice(0, raw.indexOf('\r\n\r\n'));

/** A header's text as a mail program reads it: folding undone, encoded words decoded. */
function decoded(header: string): string {
  return header
    .replace(/\?=\r\n =\?/g, '?==?')
    .replace(/=\?utf-8\?B\?([^?]*)\?=/g, (_, word: string) =>
      Buffer.from(word, 'base64').toString('utf8'),
    );
}

describe('a mail as it travels', () => {
  test('has the headers of RFC 5322 and both parts, in ASCII and short lines', () => {
    const raw = mail();
    expect(headersOf(raw).split('\r\n')).toEqual([
      'From: =?utf-8?B?Rm95ZXI=?= <foyer@chat.example>',
      'To: ada@shop.example',
      'Subject: Hello',
      'Date: Fri, 02 Jan 2026 03:04:05 +0000',
      'Message-ID: <an-id@chat.example>',
      'MIME-Version: 1.0',
      'Auto-Submitted: auto-generated',
      'Content-Type: multipart/alternative; boundary="foyer-an-id"',
    ]);
    const bodies = [...raw.matchAll(/base64\r\n\r\n([^-]*)/g)].map(([, body = '']) =>
      Buffer.from(body, 'base64').toString('utf8'),
    );
    expect(bodies).toEqual(['Grüße\r\nund mehr\r\n', '<p>Grüße</p>']);
  });

  test('whatever its subject and names are: no header is added, nothing is lost', () => {
    const headers = headersOf(mail()).split(/\r\n(?! )/).length;
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const raw = mail({ subject: `${text}\r\nBcc: eve@evil.example`, name: text });
        const lines = raw.split('\r\n');
        expect(headersOf(raw).split(/\r\n(?! )/)).toHaveLength(headers);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is asserted
        expect(lines.every((line) => line.length <= 200 && /^[\x00-\x7f]*$/.test(line))).toBe(true);
        expect(lines.some((line) => line.startsWith('Bcc:'))).toBe(false);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: as the header has it
        const clean = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
        expect(decoded(headerText(text))).toBe(clean);
      }),
    );
  });

  test.each(['a@b\r\nBcc: c@d', 'a b@c', '<a@b>', 'a@b, c@d', ''])(
    'refuses %j as address',
    (to) => {
      expect(() => mail({ to })).toThrow('not an e-mail address');
    },
  );
});

describe('what a mail says', () => {
  const blocks: Block[] = [
    { kind: 'paragraph', text: 'Hi <script>alert("1")</script> & you' },
    { kind: 'action', label: 'Go "there"', url: 'https://x.example/?a=1&b="2"' },
    { kind: 'link', label: 'Click', url: 'javascript:alert(1)' },
    { kind: 'list', items: ['<b>one</b>', 'two'] },
    { kind: 'note', text: 'Small\nprint' },
  ];

  test('HTML escapes every text, and links lead to the web alone', () => {
    const html = toHtml('A <title>', blocks);
    expect(html).not.toMatch(/<script|<b>|<title>A <|javascript:/);
    expect(html).toContain('Hi &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; you');
    expect(html).toContain('href="https://x.example/?a=1&amp;b=&quot;2&quot;"');
    expect(html).toContain('Small<br>print');
  });

  test('plain text says the same', () => {
    expect(toText(blocks)).toBe(
      [
        'Hi <script>alert("1")</script> & you',
        'Go "there":\nhttps://x.example/?a=1&b="2"',
        'Click:\njavascript:alert(1)',
        '- <b>one</b>\n- two',
        'Small\nprint\n',
      ].join('\n\n'),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { parseFormat, plainText } from './format.ts';
import { looksLikeAddress } from './format-links.ts';
import type { Span } from './format-spans.ts';

const EVIL = 'https://evil.example/';

function linksIn(spans: readonly Span[]): Extract<Span, { type: 'link' }>[] {
  return spans.flatMap((span) => {
    if ('spans' in span) return linksIn(span.spans);
    return span.type === 'link' ? [span] : [];
  });
}

/** What stands beside the links of a message. */
function beside(text: string): (string | null)[] {
  const [block] = parseFormat(text);
  return block?.type === 'paragraph' ? linksIn(block.spans).map((link) => link.beside) : [];
}

describe('S15: the text of a link never looks like another address', () => {
  it.each([
    'www.paypal.com/login',
    'paypal.com',
    'PayPal.Com',
    'Log in at paypal.com now',
    'paypal.com@evil.example',
    'support@paypal.com',
    'mailto:support@paypal.com',
    'tel:+4930123',
    'ftp:paypal',
    '//paypal',
    'localhost:8080',
    '192.168.0.1',
    'www paypal',
    // Another script, its punycode, and letters that look like ours.
    'раураӏ.com',
    'пример.рф',
    'xn--e1afmkfd.xn--p1ai',
    'раypal',
    'paypaǃ',
    // Signs that look like a dot, a slash or a colon.
    'paypal。com',
    'paypal․com',
    'paypal．com',
    'paypal·com',
    'paypal‧com',
    'paypalㆍcom',
    'paypalꓸcom',
    'paypal٠com',
    'paypal,com',
    'paypal∕login',
    'paypal⁄login',
    'https：／／paypal',
    'ｐａｙｐａｌ．ｃｏｍ',
    // What takes no room.
    'paypal\u200b.\u200bcom',
    'paypal\u00ad.com',
    'paypal.\u2060com',
    'paypal.\u3164com',
    'paypal.\u200acom',
    'paypal\u2009.\u2009com',
    'paypal. com',
    'paypal .com',
    'paypal . com',
    // What turns round.
    '\u202emoc.lapyap',
    '\u202emoc lapyap\u202c',
    '\u2067paypal\u2069',
    '.com',
    '/login',
  ])('%s shows where it leads', (text) => {
    expect(beside(`[${text}](${EVIL})`)).toEqual(['evil.example']);
    expect(plainText(`[${text}](${EVIL})`)).toMatch(/ \(evil\.example\)$/);
  });

  it.each([
    'docs',
    'Our terms and conditions',
    'Read this. Then that',
    'Click here!',
    'Wait…',
    'R&D (new), "the best"',
    "don't, doesn’t, e-mail, rock-'n'-roll",
    'Rückgabe und Umtausch',
    'naïve café, ǆ',
    'по ссылке',
    'こちらをご覧ください',
    'می\u200cخواهم بدانم',
    'अपना आदेश देखें',
    '👉 here, 👍🏽',
    '👉here',
    'Order #12 for $5',
    'step 1, step 2',
    'Voir\u202f: ici',
  ])('%s is words', (text) => {
    expect(looksLikeAddress(text)).toBe(false);
    expect(beside(`[${text}](${EVIL})`)).toEqual([null]);
    expect(plainText(`[${text}](${EVIL})`)).toBe(text);
  });

  it.each([
    ['[evil.example](https://evil.example/)', null],
    ['[Evil.Example](https://evil.example)', null],
    ['[a.example/b?c#d](https://a.example/b?c#d)', null],
    ['[a.example:8443/b](https://a.example:8443/b)', null],
    ['[me@a.example](mailto:me@a.example)', null],
    // The same site, another page: its whole address.
    ['[a.example/good](https://a.example/evil)', 'a.example/evil'],
    ['[a.example](https://a.example/x?to=//b.example)', 'a.example/x?to=//b.example'],
    ['[a.example](https://a.example:8443/)', 'a.example:8443'],
    ['[a.example:443@evil.example](https://evil.example/)', 'evil.example'],
    ['[a.example](https://a.example@evil.example/)', 'evil.example'],
    ['[a.example@evil.example](https://a.example@evil.example/)', 'evil.example'],
    ['[a.example\\@evil.example](https://evil.example/)', 'evil.example'],
    ['[раураl.example](https://раураl.example/)', 'xn--l-7sba6dbr.example'],
    ['[bank@a.example](mailto:evil@b.example)', 'evil@b.example'],
    ['[me@a.example](mailto:me@a.example?bcc=b@b.example)', 'me@a.example?bcc=b@b.example'],
    // What stands beside the link completes its text.
    ['[paypal](https://evil.example/).com', 'evil.example'],
    ['www.[paypal](https://evil.example/)', 'evil.example'],
    ['paypal.[com](https://evil.example/)', 'evil.example'],
    ['*[paypal](https://evil.example/)*.com', 'evil.example'],
    ['[paypal](https://evil.example/)`.com`', 'evil.example'],
    ['(see [docs](https://evil.example/)).', null],
    ['See [docs](https://evil.example/). Then write.', null],
    ['"[docs](https://evil.example/)", they said', null],
  ])('%s', (text, expected) => {
    expect(beside(text)).toEqual([expected]);
  });

  it('two links side by side make no address', () => {
    const two = `[paypal](${EVIL})[.com](${EVIL})`;
    expect(beside(two)).toEqual(['evil.example', 'evil.example']);
  });

  it.each([
    ['https://a.example/path?x=https://b.example', null],
    ['HTTPS://A.Example', null],
    ['https://a.example:8443/', null],
    ['https://xn--mnchen-3ya.example/', null],
    ['mailto:me@a.example', null],
    // Who reads a bare address must read the host that it leads to.
    ['https://paypal.com@evil.example', 'evil.example'],
    ['https://paypal.com:443@evil.example/', 'evil.example'],
    ['https://paypal.com%2Flogin@evil.example/', 'evil.example'],
    ['https://evil.example\\@paypal.com', 'evil.example'],
    ['https:////evil.example', 'evil.example'],
    ['https://münchen.example', 'xn--mnchen-3ya.example'],
    ['https://раураl.com', 'xn--l-7sba6dbr.com'],
    ['https://paypal.com。evil.example', 'paypal.com.evil.example'],
    ['https://evil%2eexample', 'evil.example'],
    ['http://0x7f.1', '127.0.0.1'],
    ['http://2130706433', '127.0.0.1'],
    ['mailto:bank@paypal.com@evil.example', 'bank@paypal.com@evil.example'],
  ])('bare: %s', (text, expected) => {
    expect(beside(`see ${text} now`)).toEqual([expected]);
  });

  it('an address ends where its text would turn round', () => {
    const [block] = parseFormat('https://\u202emoc.lapyap@evil.example');
    expect(block).toEqual({
      type: 'paragraph',
      spans: [{ type: 'text', text: 'https://\u202emoc.lapyap@evil.example' }],
    });
    expect(beside('https://evil.example/\u202emoc.lapyap')).toEqual([null]);
  });

  it('a text that nobody sees is no link', () => {
    for (const text of ['\u200b', '\u00ad', '\u3164 \u2060'])
      expect(beside(`[${text}](${EVIL})`)).not.toContain('evil.example');
    expect(plainText(`[\u200b](${EVIL})`)).toBe(`[\u200b](${EVIL})`);
  });

  it('a preview does not turn the address round', () => {
    expect(plainText(`[\u202emoc.lapyap](${EVIL})`)).toBe('moc.lapyap (evil.example)');
  });

  it('takes time in proportion to the text', () => {
    const started = performance.now();
    for (const piece of ['.', 'a.', '. ', 'а', '\u200b', '\u202e', 'www', "'", '👉'])
      looksLikeAddress(piece.repeat(50_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

import { expect, it } from 'vitest';
import { linkify } from './linkify.ts';

it('finds addresses and leaves the sentence around them', () => {
  expect(linkify('See https://acme.example/a?b=1. Or (http://x.example)!')).toEqual([
    { text: 'See ', href: null },
    { text: 'https://acme.example/a?b=1', href: 'https://acme.example/a?b=1' },
    { text: '. Or (', href: null },
    { text: 'http://x.example', href: 'http://x.example' },
    { text: ')!', href: null },
  ]);
});

it.each(['', 'no link', 'javascript:alert(1)', 'https://', 'a\nb https://x.example\n'])(
  'loses nothing of %j',
  (text) => {
    const parts = linkify(text);
    expect(parts.map((part) => part.text).join('')).toBe(text);
    for (const { href } of parts) if (href) expect(href).toMatch(/^https?:\/\//);
  },
);

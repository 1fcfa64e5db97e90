import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Block, parseFormat, plainText } from './format.ts';
import { mayBeFormatted } from './format-marks.ts';
import type { Source, Span } from './format-spans.ts';

const line = (text: string) => {
  const [block] = parseFormat(text);
  return block?.type === 'paragraph' ? block.spans : [];
};
/** A tree written short: *bold*, /italic/, `code`, [text|address]. */
function short(spans: readonly Span[]): string {
  return spans
    .map((span) => {
      if ('spans' in span)
        return span.type === 'bold' ? `*${short(span.spans)}*` : `/${short(span.spans)}/`;
      if (span.type === 'code') return `\`${span.text}\``;
      if (span.type === 'link') {
        const beside = span.beside === null ? '' : `|${span.beside}`;
        return `[${span.text}|${span.href}${beside}]`;
      }
      return span.text;
    })
    .join('');
}

test.each([
  ['*bold* and **bold**', '*bold* and *bold*'],
  ['_it_ and *_both_*', '/it/ and */both/*'],
  ['run `a*b*` now', 'run `a*b*` now'],
  ['*a *b* c', '*a *b* c'],
  ['这是*粗体*文字', '这是*粗体*文字'],
  ['(*x*), "_y_"!', '(*x*), "/y/"!'],
])('%s is formatted', (text, expected) => {
  expect(short(line(text))).toBe(expected);
});

test.each([
  'snake_case_name and __init__',
  '2*3*4 = 24, 2 * 3 * 4',
  'f*** and **** and ``',
  '*never ended, `nor this',
  '& * _ ` [ ] ( )',
  '[e](javascript:alert(1)) [f](//x.y) [](/x) [g](data:text/html,x)',
  'http:// https:// http://[http://[ mailto:',
])('%s stays as it was typed', (text) => {
  expect(parseFormat(text)).toEqual([{ type: 'paragraph', spans: [{ type: 'text', text }] }]);
});

test.each([
  '*\u200b* and **\u2800**',
  '_\u00ad_ and ` `',
  '*\u3164* *b',
  '```\n```',
  '```\n\u200b\n```\n```',
  '``` ```',
])('V18: %j shows the marks, since nothing between them can be seen', (text) => {
  expect(parseFormat(text)).toEqual([{ type: 'paragraph', spans: [{ type: 'text', text }] }]);
});

test.each(['\u2800', '\u{1d159}', '\ufffc'])('S15: %j alone is no text of a link', (text) => {
  const [, link] = line(`[${text}](https://evil.example)`);
  expect(link).toMatchObject({ type: 'link', text: 'https://evil.example' });
});

test.each([
  ['see https://a.b/c_(d)_e.', 'see [https://a.b/c_(d)_e|https://a.b/c_(d)_e].'],
  ['(HTTPS://a.b)', '([HTTPS://a.b|HTTPS://a.b])'],
  ['*at https://a.b*', '*at [https://a.b|https://a.b]*'],
  ['[docs](https://a.b/(x)) [m](mailto:a@b.c)', '[docs|https://a.b/(x)] [m|mailto:a@b.c]'],
  // A name must not say that a link leads elsewhere than it does.
  [
    '[https://bank.example](https://evil.example)',
    '[[https://bank.example|https://bank.example]]([https://evil.example|https://evil.example])',
  ],
])('%s is linked', (text, expected) => {
  expect(short(line(text))).toBe(expected);
});

test('blocks of code and lists stand between paragraphs, whose own empty lines stay', () => {
  const text = 'One\n\nTwo\n\n```\n*a*\n  b\n```\n- x\n* *y*\n1. z\n7. w\nend';
  const code: Block = { type: 'code', text: '*a*\n  b' };
  expect(parseFormat(text)).toEqual([
    { type: 'paragraph', spans: [{ type: 'text', text: 'One\n\nTwo' }] },
    code,
    {
      type: 'list',
      ordered: false,
      items: [
        { value: null, spans: [{ type: 'text', text: 'x' }] },
        { value: null, spans: [{ type: 'bold', spans: [{ type: 'text', text: 'y' }] }] },
      ],
    },
    {
      type: 'list',
      ordered: true,
      items: [
        { value: 1, spans: [{ type: 'text', text: 'z' }] },
        { value: 7, spans: [{ type: 'text', text: 'w' }] },
      ],
    },
    { type: 'paragraph', spans: [{ type: 'text', text: 'end' }] },
  ]);
  expect(parseFormat('```one line```')).toEqual([{ type: 'code', text: 'one line' }]);
  expect(parseFormat('```\nnever ended')).toHaveLength(1);
});

test('a preview says the words without the marks', () => {
  expect(plainText('*Hi* `a_b`, see [docs](https://a.b)\n- one')).toBe('Hi a_b, see docs\n• one');
});

describe('whatever is typed', () => {
  const pieces = fc.constantFrom(
    ...['*', '**', '_', '`', '```', '\n', ' ', '\t', '- ', '1. ', '[', ']', '(', ')', '](', '\\'],
    ...['https://', 'http://a.b', 'mailto:', 'javascript:', 'a', 'b1', 'é', '语', '🙂', '\u202e'],
    ...['<b>', '&lt;', '"', "'", '.', '\r', '\u0000', '\ud800', '[x](https://a.b)', '[y](data:,)'],
  );
  const hostile = fc.oneof(
    fc.array(pieces, { maxLength: 120 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 200 }),
  );

  function links(block: Block): string[] {
    const of = (span: Span): string[] => {
      if (span.type === 'link') return [span.href];
      return 'spans' in span ? span.spans.flatMap(of) : [];
    };
    if (block.type === 'list') return block.items.flatMap(({ spans }) => spans.flatMap(of));
    return block.type === 'paragraph' ? block.spans.flatMap(of) : [];
  }

  /** All that a reader gets to see, and where its links lead. */
  function shownText(block: Block): string {
    const of = (span: Span): string => {
      if (span.type === 'link') {
        return span.text === span.href ? span.text : `[${span.text}](${span.href})`;
      }
      return 'spans' in span ? span.spans.map(of).join('') : span.text;
    };
    if (block.type === 'code') return block.text;
    if (block.type === 'paragraph') return block.spans.map(of).join('');
    return block.items
      .map(({ value, spans }) => `${value === null ? '' : `${value}.`}${spans.map(of).join('')}`)
      .join('');
  }
  const withoutMarks = (text: string) => text.replace(/[*_`•\-\s]/g, '');

  test('nothing of it is lost, and no link is unsafe', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const blocks = parseFormat(text);
        expect(withoutMarks(blocks.map(shownText).join(''))).toBe(withoutMarks(text));
        for (const href of blocks.flatMap(links)) {
          expect(['https:', 'http:', 'mailto:']).toContain(new URL(href).protocol);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('without what `mayBeFormatted` looks for it is the same text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        fc.pre(text.trim() !== '' && !mayBeFormatted(text));
        expect(parseFormat(text)).toEqual([{ type: 'paragraph', spans: [{ type: 'text', text }] }]);
      }),
    );
  });

  test('5,000 characters are read a few times at most', () => {
    const stepsOf = (text: string) => {
      let steps = 0;
      const counting: Source = {
        length: text.length,
        charAt(index) {
          steps++;
          return text.charAt(index);
        },
        slice(from, to) {
          steps += Math.max(0, to - from);
          return text.slice(from, to);
        },
      };
      parseFormat(counting);
      return steps;
    };
    const check = (piece: string) => {
      const text = piece.repeat(Math.ceil(5_000 / Math.max(1, piece.length))).slice(0, 5_000);
      expect(stepsOf(text), piece).toBeLessThanOrEqual(12 * 5_000);
    };
    for (const piece of ['*', '*a ', '_a *b **c ', '`', '[', '[a](', '[a](http://a', '```\n']) {
      check(piece);
    }
    for (const piece of [
      'http://[',
      'http://a)',
      'h',
      '- ',
      '1. a\n',
      '\n',
      'mailto:',
      '(https://',
    ]) {
      check(piece);
    }
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 6 }), (p) => check(p.join(''))),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { fold } from '../../protocol/text/fold.ts';
import { marksOf, parseQuery, quickFinder } from './query.ts';
import { documentTerms, type Field, phoneQuery, queryTerms } from './terms.ts';
import { wordsOf } from './words.ts';

const ORGANIZATION = '01900000-0000-7000-8000-0123456789ab';
const words = (text: string) => wordsOf(text).map((word) => word.text);

describe('the words of a text', () => {
  it.each([
    ['Where is it?', ['where', 'is', 'it']],
    ['Łódź, Hauptstraße', ['lodz', 'hauptstrasse']],
    ['soft\u00adhyphen', ['softhyphen']],
    // A6: whichever apostrophe a keyboard writes.
    ["п'ять п’ять пʼять", ['п', 'ять', 'п', 'ять', 'п', 'ять']],
    ['你好吗', ['你', '好', '吗']],
    ['ivan@xn--80a1acny.xn--p1ai', words('ivan@почта.рф')],
    // A7: digits in groups are also one word, after the others.
    ['+49 170 1234567', ['49', '170', '1234567', '491701234567']],
    ['030/12.34', ['030', '12', '34', '0301234']],
    ['٠١٧٠ ١٢٣', ['0170', '123', '0170123']],
    ['on 2026-11-28 twice', ['on', '2026', '11', '28', 'twice', '20261128']],
    ['12 apples 7', ['12', 'apples', '7']],
    ['1\n2', ['1', '2']],
  ])('%s', (text, expected) => expect(words(text)).toEqual(expected));

  it('each has its place in the text', () => {
    expect(wordsOf('at +49 170')).toEqual([
      { text: 'at', start: 0, end: 2 },
      { text: '49', start: 4, end: 6 },
      { text: '170', start: 7, end: 10 },
      { text: '49170', start: 4, end: 10 },
    ]);
  });
});

describe('a query', () => {
  it.each([
    ['order 7 ', [{ words: ['order'] }, { words: ['7'] }]],
    ['"green sofa" lam', [{ words: ['green', 'sofa'] }, { words: ['lam'], prefix: true }]],
    [
      '+49 170 1234567',
      [{ words: ['49', '170', '1234567'], joined: '491701234567', prefix: true }],
    ],
    ['491701234567', [{ words: ['491701234567'], prefix: true }]],
    ['(030) 12', [{ words: ['030', '12'], joined: '03012', prefix: true }]],
    ['inv-2041', [{ words: ['inv', '2041'], prefix: true }]],
    // A6: documents from before the one folding have the words of then.
    ['Łódź', [{ words: ['lodz'], former: ['łodz'], prefix: true }]],
    ['Crème', [{ words: ['creme'], prefix: true }]],
    ['\u202d+49 17\u202c', [{ words: ['49', '17'], joined: '4917', prefix: true }]],
    ['… !', []],
  ])('%s', (q, phrases) => {
    expect(parseQuery(q)).toEqual(phrases.map((phrase) => ({ prefix: false, ...phrase })));
  });

  it('A7: digits are found however the query and the text group them', () => {
    const isFound = (q: string, text: string) =>
      parseQuery(q).every((phrase) => marksOf(wordsOf(text), phrase).length > 0);
    expect(isFound('491701234567', 'call +49 170 1234567')).toBe(true);
    expect(isFound('+49 170 1234567', 'call +491701234567')).toBe(true);
    expect(isFound('49-170-123', 'call +49 170 1234567')).toBe(true);
    expect(isFound('+49 171 1234567', 'call +49 170 1234567')).toBe(false);
  });
});

describe('what the index is asked', () => {
  const indexQuery = (q: string, fields: Field[] = ['message']) =>
    (['d1', 'postgres'] as const).map((kind) =>
      queryTerms(kind, ORGANIZATION, fields, parseQuery(q)).replaceAll('23456789ab', ''),
    );

  it('is each phrase, in each of its spellings', () => {
    expect(indexQuery('green "Łuck"')).toEqual([
      '"mgreen" AND ("mluck" OR "młuck" OR "młuck")',
      "'mgreen' & ('mluck' | 'młuck' | 'młuck')",
    ]);
    expect(indexQuery('+49 17')).toEqual([
      '("m49 m17" * OR "m4917" *)',
      "('m49' <-> 'm17':* | 'm4917':*)",
    ]);
  });

  it('A6: is what documents from before the folding may have', () => {
    const isAsked = (q: string, then: string) => indexQuery(q)[0]?.includes(`m${then}`);
    for (const [q, then] of [
      ['lodz', 'łodz'],
      ['boleslaw', 'bolesław'],
      ['malopolska', 'małopolska'],
      ['hauptstrasse', 'hauptstraße'],
      ['sorensen', 'sørensen'],
      ['dakovo', 'đakovo'],
      ['"hans sorensen"', 'hans msørensen'],
    ] as const) {
      expect(isAsked(q, then), q).toBe(true);
    }
    const most =
      indexQuery('"lilliput soldiers lead the oedipal aesthetics"')[0]?.split(' OR ') ?? [];
    expect(most).toHaveLength(11);
    expect(indexQuery('lodz', ['note'])).toEqual(['"nlodz" *', "'nlodz':*"]);
  });

  it('P5: has notes in a field of their own, which a visitor does not ask', () => {
    const base = { seq: 1, by: 'agent' as const, name: null, sent_at: '' };
    const texts = [
      { ...base, text: 'Hello', note: false },
      { ...base, text: 'Troublemaker', note: true },
    ];
    expect(documentTerms('d1', ORGANIZATION, { texts, customer: [] })).toBe(
      '23456789abmhello 23456789abntroublemaker',
    );
  });

  it('A7: a phone number is asked for with the country’s code and without', () => {
    const terms = (phone: string) =>
      documentTerms('d1', ORGANIZATION, { texts: [], customer: [phone] }).split(' ');
    /** As FTS5 answers: a word, or one that begins so. */
    const isFound = (q: string, phone: string) =>
      phoneQuery('d1', ORGANIZATION, q)
        ?.slice(1, -1)
        .split(' OR ')
        .some((part) => {
          const [, word = ''] = part.split('"');
          return terms(phone).some((term) =>
            part.endsWith('*') ? term.startsWith(word) : term === word,
          );
        });
    for (const [q, phone] of [
      ['0170 1234567', '+49 170 1234567'],
      ['+49 170 1234567', '0170/1234567'],
      ['0049 (0)170 1234567', '01701234567'],
      ['1234567', '+49 170 1234567'],
      ['+49 170 123', '+491701234567'],
      ['+1 555 010-0199', '(555) 010-0199'],
    ] as const) {
      expect(isFound(q, phone), `${q} in ${phone}`).toBe(true);
    }
    expect(isFound('0170 1234568', '+49 170 1234567')).toBe(false);
    expect(phoneQuery('postgres', ORGANIZATION, '1234567')).toBe(
      "('23456789abp1234567':* | '23456789abr7654321':*)",
    );
    expect(phoneQuery('d1', ORGANIZATION, '0123456')).toBe(null);
    expect(phoneQuery('d1', ORGANIZATION, 'Ada')).toBe(null);
  });
});

describe('S11: a text takes time in proportion to its length, whatever it is of', () => {
  it.each([
    ['digits', '1'],
    ['digits of another script', '١'],
    ['a character that folds to eighteen', '\ufdfa'],
    ['marks', '\u0301'],
  ])('%s', (_, character) => {
    const time = (length: number) => {
      const began = performance.now();
      for (let done = 0; done < 200_000; done += length)
        wordsOf(`xn--a${character.repeat(length)}`);
      return performance.now() - began;
    };
    time(1_000);
    // In proportion, both take the same; quadratic, the second takes 50 times as long.
    expect(time(100_000)).toBeLessThan(10 * time(2_000) + 20);
  });

  it('a word of many marks keeps its beginning, and no half of a character', () => {
    const zalgo = Array.from({ length: 300 }, () => 'a\u0301\u0323').join('');
    expect(words(zalgo)).toEqual(['a'.repeat(40)]);
    expect(words(`a${'𝒃'.repeat(300)}`)).toEqual([`a${'b'.repeat(39)}`]);
    expect(words(`a${'𐐨'.repeat(300)}`)).toEqual([`a${'𐐨'.repeat(39)}`]);
  });
});

describe('S11: texts without a hit are passed by quickly', () => {
  it.each([
    ['Łódź', 'in lodz', true],
    ['lodz', 'nach Łódź', true],
    ['491701234567', 'call +49 170 1234567', true],
    ['collegi', 'el coŀlegi', true],
    ['почта', 'ivan@xn--80a1acny.xn--p1ai', true],
    ['green so', 'a sofa', true],
    ['"green sofa"', 'a sofa', false],
    ['lamp', 'The sofa', false],
    ['2041', 'no digits here', false],
  ])('%s in %s', (q, text, may) => expect(quickFinder(parseQuery(q))(text)).toBe(may));

  it('no character of a word folds to a sign without being known for it', () => {
    const isPassed = quickFinder(parseQuery('zzz'));
    const odd: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const character = code >= 0xd800 && code < 0xe000 ? '' : String.fromCodePoint(code);
      if (!/\p{L}|\p{N}/u.test(character)) continue;
      if (/[^\p{L}\p{N}]/u.test(fold(character)) && !isPassed(character)) odd.push(character);
    }
    expect(odd).toEqual([]);
  });
});

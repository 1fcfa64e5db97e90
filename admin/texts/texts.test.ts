import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../protocol/resources/preference-choices.ts';
import { translation as de } from './de/index.ts';
import { translation as es } from './es/index.ts';
import { part, translate } from './languages/part.ts';

const english = Object.fromEntries(
  Object.entries(import.meta.glob<{ t?: object }>('./*.ts', { eager: true })).flatMap(
    ([path, { t }]) => (t ? [[path.replace(/^\.\/|\.ts$/g, ''), t]] : []),
  ),
);
const translations = { de, es };

/** The most letters of an English text that is no sentence of instruction. */
const LONGEST = 200;

/** Words and turns that no interface text has: stiff, or of a private dialect. */
const UNWANTED = [
  /\banew\b/,
  /\bis had\b/,
  /\bno longer holds\b/,
  /\bnobody\b|\bsomebody\b|\bwhoever\b/i,
  /\bmails?\b(?!to)(?<!e-mails?)/i,
  /\bmeanwhile\b/i,
  /\bthat was not right\b/i,
  /\bcannot\b|\bdo not\b|\bis not\b|\byou are\b/i,
  /\bplease\b/i,
  /, as https?:/,
];

/** Every text of a part by its path; functions are called with 7 for each value. */
function textsOf(group: object, path = ''): [path: string, text: string][] {
  return Object.entries(group).flatMap(([name, text]: [string, unknown]) => {
    const at = path === '' ? name : `${path}.${name}`;
    if (typeof text === 'string') return [[at, text] as [string, string]];
    if (typeof text === 'function') {
      const made: unknown = text(...Array.from({ length: text.length }, () => 7));
      return [[at, String(made)] as [string, string]];
    }
    return text && typeof text === 'object' ? textsOf(text, at) : [];
  });
}

const englishTexts = textsOf(english);

describe('the catalogue of the dashboard’s texts', () => {
  test('has every language', () => {
    expect(['en', ...Object.keys(translations)]).toEqual([...LANGUAGES]);
  });

  test('has every part in every language', () => {
    expect(Object.keys(english).length).toBeGreaterThan(4);
    for (const { texts } of Object.values(translations)) {
      expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
    }
  });

  test.each(Object.entries(translations))('says in %s what English says', (_, { texts }) => {
    const translated = new Map(textsOf(texts));
    for (const [path, text] of englishTexts) {
      const other = translated.get(path) ?? '';
      expect(other, path).not.toBe('');
      // Whatever English names, the translation names: 7 stands for each value.
      expect(other.split('7').length, path).toBe(text.split('7').length);
      // A sentence that is the same in two languages was forgotten.
      if (/[a-z]{3,} [a-z]{2,} [a-z]{3,}/.test(text)) expect(other, path).not.toBe(text);
    }
  });

  test('has no English text that is longer than it needs to be', () => {
    expect(englishTexts.filter(([, text]) => text.length > LONGEST)).toEqual([]);
  });

  test('uses plain words and contractions', () => {
    const unwanted = englishTexts.filter(([, text]) => UNWANTED.some((words) => words.test(text)));
    expect(unwanted).toEqual([]);
  });

  test('replaces the texts of parts that loaded before and that load after', () => {
    const before = part('test_before', { hello: 'Hello', bye: (name: string) => `Bye, ${name}` });
    translate({
      test_before: { hello: 'Hallo', bye: (name: string) => `Tschüss, ${name}` },
      test_after: { hello: 'Moin' },
    });
    const after = part('test_after', { hello: 'Hello' });
    expect([before.hello, before.bye('Ada'), after.hello]).toEqual([
      'Hallo',
      'Tschüss, Ada',
      'Moin',
    ]);
    translate({});
  });
});

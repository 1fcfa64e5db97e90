import { expect, test } from 'vitest';
import { type Language, languages } from '../../../scripts/build/frame-languages.ts';

/** Checks that every language is complete. The failures are for translators: they name language and key. */

type Entry = { key: string; text: string | Record<string, string> };

const isPlural = (value: object) => 'other' in value;

/** Every text with its path: groups are flattened, plurals are not. */
function entries(set: Record<string, unknown>, path = ''): Entry[] {
  return Object.entries(set).flatMap(([name, value]) => {
    const key = path + name;
    if (typeof value === 'string') return [{ key, text: value }];
    if (typeof value !== 'object' || value === null) return [];
    const group = Object.fromEntries(Object.entries(value).map(([k, v]) => [k, `${v}`]));
    return isPlural(value) ? [{ key, text: group }] : entries(group, `${key}.`);
  });
}

const all = ({ texts, lazy }: Language) => [...entries(texts), ...entries(lazy)];
const forms = (text: Entry['text']) => (typeof text === 'string' ? [text] : Object.values(text));
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

const allLanguages = await languages();
const english = allLanguages.filter(({ tag }) => tag === 'en').flatMap(all);
const others = allLanguages.filter(({ tag }) => tag !== 'en');

/** Keys whose word may be the same in another language. */
const sameAsEnglish = new Set(['title', 'message', 'agent', 'optional', 'isOpen']);

test('there are at least twenty languages, four of them right-to-left', () => {
  const tags = allLanguages.map(({ tag }) => tag);
  expect(tags.length).toBeGreaterThanOrEqual(20);
  expect(tags).toEqual(expect.arrayContaining(['ar', 'fa', 'he', 'ur']));
});

test.each(others.map((language) => [language.tag, language] as const))(
  '%s has every text, with the same placeholders and its own plurals, and none in English',
  (tag, language) => {
    const texts = new Map(all(language).map(({ key, text }) => [key, text]));
    expect([...texts.keys()].sort()).toEqual(english.map(({ key }) => key).sort());
    const categories = new Intl.PluralRules(tag).resolvedOptions().pluralCategories.toSorted();
    for (const { key, text } of english) {
      const own = texts.get(key) ?? '';
      expect(typeof own, key).toBe(typeof text);
      if (typeof own === 'object') expect(Object.keys(own).sort(), key).toEqual(categories);
      const needed = holes(typeof text === 'string' ? text : (text.other ?? ''));
      for (const form of forms(own)) {
        expect(form.trim(), key).not.toBe('');
        // Forms for one or two may use a word for the number.
        if (typeof own === 'string' || form === own.other) expect(holes(form), key).toEqual(needed);
        if (!sameAsEnglish.has(key)) expect(forms(text), key).not.toContain(form);
      }
    }
  },
);

/** Words that make an English text sound translated. */
const STILTED =
  /\b(?:nobody|somebody|anew|whoever|cannot|(?:is|are|was|were|do|does|did|could|would) not)\b|, as \S+@/i;

test('English is spoken English: contractions, short sentences, no translated words', () => {
  for (const { key, text } of english) {
    for (const form of forms(text)) {
      expect(form, key).not.toMatch(STILTED);
      expect(form.length, key).toBeLessThanOrEqual(120);
    }
  }
});

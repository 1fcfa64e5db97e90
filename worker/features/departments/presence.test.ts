import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { presenceLines } from './presence.ts';
import { presenceTexts } from './presence-texts.ts';

const people = ['Ana', 'Kim', 'Sam', 'Lu'].map((name) => ({ name }));

describe('who is there, as a visitor reads it', () => {
  test('two are named, the others counted', () => {
    expect(presenceLines(['en'], people.slice(0, 2), null)).toBe('Online now · Ana, Kim');
    expect(presenceLines(['en'], people, null)).toBe('Online now · Ana, Kim +2');
  });

  test('nobody is said, with the time in which one usually answers', () => {
    expect(presenceLines(['en'], [], null)).toBe('Nobody is here right now.');
    expect(presenceLines(['en'], [], 7_100)).toBe(
      'Nobody is here right now.\nUsually answers within 2 hours',
    );
  });

  test.each([
    [20, '1 minute'],
    [61, '2 minutes'],
    [3_600, '1 hour'],
    [90_000, '2 days'],
  ])('%i seconds are no less than they are', (seconds, said) => {
    expect(presenceLines(['en'], people, seconds)).toContain(`within ${said}`);
  });

  test('in the best language that is wanted, else in English', () => {
    expect(presenceLines(['xx', 'de-AT'], [], 60)).toBe(
      'Gerade ist niemand da.\nAntwortet meist innerhalb von 1 Minute',
    );
    expect(presenceLines(['xx'], [], null)).toBe('Nobody is here right now.');
  });

  test('every language of the widget has these texts', () => {
    const english = presenceTexts(['en']);
    const strings = join(import.meta.dirname, '../../../widget/frame/strings');
    const tags = readdirSync(strings).flatMap(
      (file) => /^([a-z]{2}(?:-[A-Z]{2})?)\.ts$/.exec(file)?.[1] ?? [],
    );
    expect(tags.length).toBeGreaterThanOrEqual(20);
    for (const tag of tags) {
      const texts = presenceTexts([tag]);
      expect(texts.language).toBe(tag);
      expect(texts.usually).toContain('{time}');
      if (tag !== 'en') expect(texts.nobody).not.toBe(english.nobody);
    }
  });
});

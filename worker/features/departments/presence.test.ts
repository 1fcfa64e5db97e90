import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { presenceLines } from './presence.ts';
import { presenceTexts } from './presence-texts.ts';

const people = ['Ana', 'Kim', 'Sam', 'Lu'].map((name) => ({ name }));

const NOW = new Date('2026-12-04T20:00:00Z');
/** While it is open. */
const open = (wanted: string[], online: { name: string }[], reply_seconds: number | null) => {
  const state = online.length > 0 ? 'online' : 'away';
  const presence = { state, opens_at: null, note: null, online, reply_seconds } as const;
  return presenceLines({ wanted }, presence, null, NOW);
};
/** While it is closed, by the hours of Berlin. */
const closed = (
  reader: { wanted: string[]; zone?: string },
  opens_at: string | null,
  note: string | null = null,
) => {
  const presence = { state: 'closed', opens_at, note, online: people, reply_seconds: 60 } as const;
  return presenceLines(reader, presence, { timezone: 'Europe/Berlin' }, NOW).replaceAll(
    '\u202f',
    ' ',
  );
};

describe('who is there, as a visitor reads it', () => {
  test('two are named, the others counted', () => {
    expect(open(['en'], people.slice(0, 2), null)).toBe('Online now · Ana, Kim');
    expect(open(['en'], people, null)).toBe('Online now · Ana, Kim +2');
  });

  test('nobody is said, with the time in which one usually answers', () => {
    expect(open(['en'], [], null)).toBe('We’re away right now.');
    expect(open(['en'], [], 7_100)).toBe('We’re away right now.\nUsually answers within 2 hours');
  });

  test.each([
    [20, '1 minute'],
    [61, '2 minutes'],
    [3_600, '1 hour'],
    [90_000, '2 days'],
  ])('%i seconds are no less than they are', (seconds, text) => {
    expect(open(['en'], people, seconds)).toContain(`within ${text}`);
  });

  test('in the best language of those wanted, or in English', () => {
    expect(open(['xx', 'de-AT'], [], 60)).toBe(
      'Gerade ist niemand da.\nAntwortet meist innerhalb von 1 Minute',
    );
    expect(open(['xx'], [], null)).toBe('We’re away right now.');
  });

  test.each([
    ['en', 'Europe/Berlin', '2026-12-05T08:00:00Z', 'Back tomorrow at 9:00 AM'],
    ['en', 'Europe/Paris', '2026-12-05T08:00:00Z', 'Back tomorrow at 9:00 AM'],
    [
      'en',
      'Asia/Shanghai',
      '2026-12-05T08:00:00Z',
      'Back tomorrow at 9:00 AM (your time today, 4:00 PM)',
    ],
    [
      'en',
      'America/New_York',
      '2026-12-05T08:00:00Z',
      'Back tomorrow at 9:00 AM (your time 3:00 AM)',
    ],
    ['en', undefined, '2026-12-04T22:30:00Z', 'Back today at 11:30 PM'],
    ['en', undefined, '2026-12-07T08:00:00Z', 'Back Monday at 9:00 AM'],
    ['en', undefined, '2026-12-24T08:00:00Z', 'Back December 24 at 9:00 AM'],
    ['de', undefined, '2026-12-24T08:00:00Z', 'Wieder da: 24. Dezember, 9:00'],
    [
      'fr',
      'Asia/Tokyo',
      '2026-12-06T08:00:00Z',
      'De retour dimanche, 9:00 (demain, 17:00 chez vous)',
    ],
  ])('in %s, of somebody in %s: %s', (language, zone, opens, text) => {
    expect(closed({ wanted: [language], ...(zone && { zone }) }, opens)).toBe(text);
  });

  test('while it is closed nobody is named, and a note stands instead of the time', () => {
    expect(closed({ wanted: ['en'] }, null)).toBe('Closed now.');
    const note = 'We are at a fair until Thursday';
    expect(closed({ wanted: ['de'] }, '2026-12-05T08:00:00Z', note)).toBe(note);
  });

  test('every language of the widget has these texts', () => {
    const english = presenceTexts(['en']);
    const strings = join(import.meta.dirname, '../../../widget/frame/strings/languages');
    const tags = readdirSync(strings).flatMap(
      (file) => /^([a-z]{2}(?:-[A-Z]{2})?)\.ts$/.exec(file)?.[1] ?? [],
    );
    expect(tags.length).toBeGreaterThanOrEqual(20);
    for (const tag of tags) {
      const texts = presenceTexts([tag]);
      expect(texts.language).toBe(tag);
      expect(texts.usually).toContain('{time}');
      if (tag !== 'en') expect(texts.nobody).not.toBe(english.nobody);
      if (tag !== 'en') expect(texts.closed).not.toBe(english.closed);
      expect(texts.back).toMatch(/\{day\}.*\{time\}/);
      expect(texts.yours).toContain('{time}');
    }
  });
});

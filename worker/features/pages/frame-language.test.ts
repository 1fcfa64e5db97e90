import { expect, test } from 'vitest';
import { inLanguage, pickLanguage, wantedLanguages } from './frame-language.ts';

const available = ['ar', 'de', 'en', 'nb', 'pt', 'zh'];
const read = (named: string | null, accepted: string) =>
  pickLanguage(wantedLanguages(named, accepted), available);

test('what the page names goes before the browser, and the browser in its own order', () => {
  expect(read('de', 'pt,en;q=0.5')).toBe('de');
  expect(read(null, 'en;q=0.5,pt-BR')).toBe('pt');
  expect(read(null, 'de;q=0,ar;q=0.1')).toBe('ar');
});

test('a region falls back to its language, Norwegian to the one that is written', () => {
  expect(read('pt-BR', '')).toBe('pt');
  expect(read('zh-Hant-TW', '')).toBe('zh');
  expect(read(null, 'no')).toBe('nb');
  expect(wantedLanguages('pt_BR', '')).toEqual(['pt-BR']);
  expect(pickLanguage(['pt'], ['pt-BR'])).toBe('pt-BR');
});

test('what is no language is passed over, and nothing known leaves the choice to others', () => {
  expect(read('"><script>', 'xx,,;q=1,de;q=a,,')).toBe(undefined);
  expect(read(null, 'tlh, ar;q=0.3')).toBe('ar');
});

const page = `<html lang="en"><head>
  <link rel="modulepreload" hreflang="ar" href="/a.js">
  <link rel="modulepreload" hreflang="en" href="/e.js"></head>`;

test('a page names one language’s texts, and its direction', () => {
  expect(inLanguage(page, ['ar-EG'])).toContain('<html lang="ar" dir="rtl">');
  expect(inLanguage(page, ['ar-EG'])).toContain('/a.js');
  expect(inLanguage(page, ['ar-EG'])).not.toContain('/e.js');
  expect(inLanguage(page, ['tlh'])).toContain('<html lang="en">');
});

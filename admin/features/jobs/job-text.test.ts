import { expect, test } from 'vitest';
import { countTexts, errorText, progressText, starterText } from './job-text.ts';

test('G2: progress, also with more than the total, and with an unknown total', () => {
  expect(progressText({ done: 1200, total: 4000 })).toBe('1,200 of 4,000 checked');
  expect(progressText({ done: 12, total: 10 })).toBe('12 of 12 checked');
  expect(progressText({ done: 0, total: null })).toBe('0 checked');
});

test('G3: what a job did and could not do, in singular and plural', () => {
  expect(
    countTexts({ results: { rows_restored: 1, rows_corrected: 2 }, failures: { no_object: 1 } }),
  ).toEqual([
    '1 conversation was missing and is back.',
    '2 conversations were corrected.',
    '1 listed conversation has no messages.',
  ]);
  expect(countTexts({ results: { of_a_newer_version: 3 }, failures: {} })).toEqual([
    '3 of_a_newer_version.',
  ]);
});

test('G1: who started a job, and why it failed', () => {
  expect(starterText({ kind: 'agent', id: 'a', name: 'Maya' })).toBe('Maya');
  expect(starterText({ kind: 'system', cause: 'operator' })).toBe('the operator');
  expect(starterText({ kind: 'system', cause: 'unknown' })).toBe('Foyer');
  expect(errorText({ error: null })).toBeNull();
  expect(errorText({ error: 'instance_lost' })).toBe('It was stopped outside of Foyer.');
});

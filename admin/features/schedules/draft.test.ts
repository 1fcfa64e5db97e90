import { describe, expect, test } from 'vitest';
import type { Schedule } from '../../../protocol/resources/schedule.ts';
import { type DraftSlot, draw, isSame, newDraft, problemOf, toDraft, toHours } from './draft.ts';

const closed = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const saved: Schedule = {
  id: '019a4b00-0000-7000-8000-000000000011',
  name: 'Office',
  timezone: 'Europe/Berlin',
  weekly: { ...closed, mon: [['09:00', '24:00']], fri: [['22:00', '06:00']] },
  exceptions: [{ date: '2026-12-24', yearly: true, hours: [['09:00', '12:00']], note: null }],
};

test('a schedule is the same after it was opened and not changed', () => {
  const { id: _, name: __, ...hours } = saved;
  expect(toHours(toDraft(saved))).toEqual(hours);
  expect(isSame(toDraft(saved), toDraft(saved))).toBe(true);
  expect(isSame(toDraft(saved), newDraft('Europe/Berlin'))).toBe(false);
});

describe('drawing', () => {
  const slot = (start: string, end: string): DraftSlot => ({ key: start, start, end });
  const times = (slots: DraftSlot[]) => slots.map(({ start, end }) => `${start}-${end}`);
  test.each([
    ['rounds outwards to half hours', [], 545, 700, ['09:00-12:00']],
    ['in either direction', [], 700, 545, ['09:00-12:00']],
    ['a click is half an hour', [], 545, 545, ['09:00-09:30']],
    ['at the end of the day, too', [], 1_440, 1_440, ['23:30-00:00']],
    ['beyond both ends', [], -50, 2_000, ['00:00-00:00']],
    ['beside another', [slot('14:00', '15:00')], 540, 600, ['09:00-10:00', '14:00-15:00']],
    ['over others', [slot('09:30', '10:00'), slot('11:00', '12:00')], 540, 690, ['09:00-12:00']],
    ['up to another', [slot('10:00', '11:00')], 540, 600, ['09:00-11:00']],
    ['into one over midnight', [slot('22:00', '06:00')], 1_260, 1_350, ['21:00-06:00']],
  ] as const)('%s', (_, slots, from, to, expected) => {
    expect(times(draw(slots, from, to))).toEqual(expected);
  });
});

test('a refusal is told of the day and of the exception that it is about', () => {
  const problems = {
    'weekly.mon.0.1': 'Late',
    'exceptions.1.date': 'Odd',
    'exceptions.10': 'Other',
  };
  expect(problemOf(problems, 'weekly.mon')).toBe('Late');
  expect(problemOf(problems, 'weekly.tue')).toBe(undefined);
  expect(problemOf(problems, 'exceptions.1')).toBe('Odd');
});

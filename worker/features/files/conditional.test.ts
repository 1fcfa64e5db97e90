import { expect, test } from 'vitest';
import { isUnchanged, rangeOf } from './conditional.ts';

const ETAG = '"a1"';
const at = new Date('2026-01-02T03:04:05.678Z');

test.each([
  ['"a1"', true],
  ['W/"a1"', true],
  ['"b", "a1"', true],
  ['"b",W/"a1",', true],
  ['*', true],
  ['"b"', false],
  ['a1', false],
  ['x"', false],
  ['"', false],
  ['', false],
  ['w/"a1"', false],
  [', ,', false],
])('S21: If-None-Match %s: unchanged is %s', (tags, unchanged) => {
  expect(isUnchanged(new Headers({ 'if-none-match': tags }), ETAG)).toBe(unchanged);
});

test.each([
  [{ 'if-modified-since': 'Fri, 02 Jan 2026 03:04:05 GMT' }, true],
  [{ 'if-modified-since': 'Fri, 02 Jan 2026 03:04:04 GMT' }, false],
  [{ 'if-modified-since': 'yesterday' }, false],
  [{ 'if-modified-since': 'Fri, 02 Jan 2026 03:04:05 GMT', 'if-none-match': '"b"' }, false],
  [{}, false],
])('S21: %j: unchanged is %s', (headers, unchanged) => {
  expect(isUnchanged(new Headers(headers), ETAG, at)).toBe(unchanged);
});

test.each([
  ['bytes=0-3', { offset: 0, length: 4 }],
  ['bytes=0-0', { offset: 0, length: 1 }],
  ['Bytes=4-', { offset: 4, length: 6 }],
  ['bytes=4-99', { offset: 4, length: 6 }],
  ['bytes=-3', { offset: 7, length: 3 }],
  ['bytes=-99', { offset: 0, length: 10 }],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=99-100', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=99999999999999999999-', 'unsatisfiable'],
  ['bytes=3-2', 'whole'],
  ['bytes=0-1,4-5', 'whole'],
  ['bytes=-', 'whole'],
  ['bytes=a-b', 'whole'],
  ['bytes', 'whole'],
  ['chars=0-3', 'whole'],
  ['', 'whole'],
])('S21: Range %s of ten bytes', (range, extent) => {
  expect(rangeOf(new Headers({ range }), ETAG, 10)).toEqual(extent);
});

test('S21: a range holds for the version that it names alone', () => {
  const headers = (ifRange: string) => new Headers({ range: 'bytes=0-3', 'if-range': ifRange });
  expect(rangeOf(headers(ETAG), ETAG, 10)).toEqual({ offset: 0, length: 4 });
  for (const other of ['"b"', 'W/"a1"', 'Fri, 02 Jan 2026 03:04:05 GMT']) {
    expect(rangeOf(headers(other), ETAG, 10)).toBe('whole');
  }
});

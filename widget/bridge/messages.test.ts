import { expect, test } from 'vitest';
import { isToFrame, isToPage } from './messages.ts';

const page = { url: 'https://shop.example/', title: 'Shop', referrer: '' };

test.each([
  { type: 'init', open: true, visitorToken: null, accent: undefined, page },
  { type: 'init', open: true, visitorToken: 'vt_1', accent: '#112233', identity: 'a.b.c', page },
  { type: 'shown', open: true, page },
])('the frame accepts $type', (message) => {
  expect(isToFrame(message)).toBe(true);
});

test.each([
  null,
  'init',
  { type: 'init', open: true, visitorToken: 1, page },
  { type: 'init', open: true, visitorToken: null, identity: {}, page },
  { type: 'init', open: true, visitorToken: null },
  { type: 'shown', open: 'yes', page },
  { type: 'close', page },
])('the frame drops %j (P9)', (message) => {
  expect(isToFrame(message)).toBe(false);
});

test.each([
  { type: 'token', visitorToken: 'vt_1' },
  { type: 'begun' },
  { type: 'unread', count: 2, label: 'Open chat, 2 unread messages' },
  { type: 'peek', on: true },
  { type: 'open' },
  { type: 'accent', accent: '#aabbcc' },
  { type: 'close' },
])('the page accepts $type', (message) => {
  expect(isToPage(message)).toBe(true);
});

test.each([
  undefined,
  { type: 'token' },
  { type: 'unread', count: '2', label: '' },
  { type: 'unread', count: 2 },
  { type: 'peek' },
  { type: 'accent', accent: 'red;position:fixed' },
  { type: 'shown', open: true },
  { type: 'dance' },
])('the page drops %j (P9)', (message) => {
  expect(isToPage(message)).toBe(false);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connectPage } from './frame.ts';
import { CONNECT } from './messages.ts';

const origin = 'https://shop.example';
const page = { url: `${origin}/`, title: 'Shop', referrer: '' };
const parent = { name: 'the page' };
const init = { type: 'init', open: true, visitorToken: null, page };
let listener: (event: object) => void;

beforeEach(() => {
  vi.stubGlobal('parent', parent);
  vi.stubGlobal('addEventListener', (_type: string, added: (event: object) => void) => {
    listener = added;
  });
});
afterEach(() => vi.unstubAllGlobals());

/** Offers a port and sends `init` over it; returns what the frame received and sent. */
function offer(change: object) {
  const receive = vi.fn();
  const tell = connectPage(origin, receive, () => {});
  const port = { onmessage: (_: object) => {}, postMessage: vi.fn() };
  listener({ source: parent, origin, data: CONNECT, ports: [port], ...change });
  port.onmessage({ data: init });
  port.onmessage({ data: { type: 'init' } });
  tell({ type: 'close' });
  return { received: receive.mock.calls.flat(), sent: port.postMessage.mock.calls.flat() };
}

test('the frame and the embedding page exchange messages', () => {
  expect(offer({})).toEqual({ received: [init], sent: [{ type: 'close' }] });
});

test.each([
  ['another origin', { origin: 'https://evil.example' }],
  ['another window', { source: {} }],
  ['another message', { data: 'hello' }],
])('%s gets nothing (P5)', (_name, change) => {
  expect(offer(change)).toEqual({ received: [], sent: [] });
});

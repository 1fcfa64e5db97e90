import { expect, test, vi } from 'vitest';
import type { EventToPage } from '../bridge/commands.ts';
import { createChannel } from './channel.ts';

const ORIGIN = 'https://chat.example';

/** A frame of the page, whose documents take every port that they are offered. */
function makeFrame() {
  const ports: MessagePort[] = [];
  const loaded = new EventTarget();
  const frame = {
    src: `${ORIGIN}/widget/frame?key=wk_demo`,
    contentWindow: {
      postMessage: (_: unknown, __: string, [port]: MessagePort[]) => port && ports.push(port),
    },
    addEventListener: loaded.addEventListener.bind(loaded),
  };
  return {
    element: frame as unknown as HTMLIFrameElement,
    ports,
    load: () => loaded.dispatchEvent(new Event('load')),
  };
}

/** Everything that arrives over a port, now and later. */
function listen(port: MessagePort | undefined): unknown[] {
  if (!port) throw new Error('No port was offered.');
  const received: unknown[] = [];
  port.onmessage = ({ data }) => received.push(data);
  return received;
}

test('a conversation that the page starts while the frame changes its language waits for the new document', async () => {
  const channel = createChannel(ORIGIN, () => {});
  const frame = makeFrame();
  channel.connect(frame.element);
  const old = listen(frame.ports[0]);
  channel.setLocale('pt-BR');
  channel.tell({ type: 'start', text: 'Where is my parcel?' });
  // The old document stays until the new one has loaded, and the page updates meanwhile.
  channel.connect(frame.element);
  expect(frame.ports).toHaveLength(1);
  frame.load();
  channel.connect(frame.element);
  const received = listen(frame.ports[1]);
  await vi.waitFor(() =>
    expect(received).toEqual([{ type: 'start', text: 'Where is my parcel?' }]),
  );
  expect(old).toEqual([]);
  expect(frame.element.src).toBe(`${ORIGIN}/widget/frame?key=wk_demo&locale=pt-BR`);
});

test('a language that is set before the frame’s first message is kept, and setting it again changes nothing', () => {
  const channel = createChannel(ORIGIN, () => {});
  const frame = makeFrame();
  channel.setLocale('de');
  channel.connect(frame.element);
  expect(frame.element.src).toContain('locale=de');
  expect(frame.ports).toEqual([]);
  frame.load();
  channel.connect(frame.element);
  channel.setLocale('DE');
  expect(frame.ports).toHaveLength(1);
});

test('messages of a document that unloads are ignored', async () => {
  const receive = vi.fn<(event: EventToPage) => void>();
  const channel = createChannel(ORIGIN, receive);
  const frame = makeFrame();
  channel.connect(frame.element);
  frame.ports[0]?.postMessage({ type: 'warning', text: 'There is no department Sails.' });
  await vi.waitFor(() => expect(receive).toHaveBeenCalledOnce());
  channel.setLocale('de');
  frame.ports[0]?.postMessage({ type: 'warning', text: 'The server did not answer.' });
  frame.load();
  channel.connect(frame.element);
  frame.ports[1]?.postMessage({ type: 'identity', state: null });
  await vi.waitFor(() =>
    expect(receive).toHaveBeenLastCalledWith({ type: 'identity', state: null }),
  );
  expect(receive).toHaveBeenCalledTimes(2);
});

import { expect, test, vi } from 'vitest';
import type { EventToPage } from '../bridge/commands.ts';
import { createLine } from './line.ts';

const ORIGIN = 'https://chat.example';

/** A frame of the page: its documents take the ports that they are offered, as long as they live. */
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

/** What came over a port so far, and what comes. */
function listen(port: MessagePort | undefined): unknown[] {
  if (!port) throw new Error('No port was offered.');
  const heard: unknown[] = [];
  port.onmessage = ({ data }) => heard.push(data);
  return heard;
}

test('a text that the page says while the frame changes its language waits for the new one', async () => {
  const line = createLine(ORIGIN, () => {});
  const frame = makeFrame();
  line.connect(frame.element);
  const old = listen(frame.ports[0]);
  line.speak('pt-BR');
  line.tell({ type: 'start', text: 'Where is my parcel?' });
  // The old document is there until the new one is, and the page paints meanwhile.
  line.connect(frame.element);
  expect(frame.ports).toHaveLength(1);
  frame.load();
  line.connect(frame.element);
  const heard = listen(frame.ports[1]);
  await vi.waitFor(() => expect(heard).toEqual([{ type: 'start', text: 'Where is my parcel?' }]));
  expect(old).toEqual([]);
  expect(frame.element.src).toBe(`${ORIGIN}/widget/frame?key=wk_demo&locale=pt-BR`);
});

test('a language that is set before the frame speaks is not lost, and the same again changes nothing', () => {
  const line = createLine(ORIGIN, () => {});
  const frame = makeFrame();
  line.speak('de');
  line.connect(frame.element);
  expect(frame.element.src).toContain('locale=de');
  expect(frame.ports).toEqual([]);
  frame.load();
  line.connect(frame.element);
  line.speak('DE');
  expect(frame.ports).toHaveLength(1);
});

test('what a frame that goes still says is nobody’s', async () => {
  const hear = vi.fn<(event: EventToPage) => void>();
  const line = createLine(ORIGIN, hear);
  const frame = makeFrame();
  line.connect(frame.element);
  frame.ports[0]?.postMessage({ type: 'warning', text: 'There is no department Sails.' });
  await vi.waitFor(() => expect(hear).toHaveBeenCalledOnce());
  line.speak('de');
  frame.ports[0]?.postMessage({ type: 'warning', text: 'The server did not answer.' });
  frame.load();
  line.connect(frame.element);
  frame.ports[1]?.postMessage({ type: 'identity', state: null });
  await vi.waitFor(() => expect(hear).toHaveBeenLastCalledWith({ type: 'identity', state: null }));
  expect(hear).toHaveBeenCalledTimes(2);
});

import type { CommandToFrame, EventToPage } from '../bridge/commands.ts';
import { COMMANDS } from '../bridge/messages.ts';

/** The commands' line to the frame: what is said before it is open waits. */
export function createLine(origin: string, hear: (event: EventToPage) => void) {
  let port: MessagePort | undefined;
  let connected: HTMLIFrameElement | undefined;
  /** The last of each kind, and so what a frame that begins anew is to know. */
  const known = new Map<string, CommandToFrame>();
  let gone: (() => void) | undefined;
  /** The language's tag that the page wants. */
  let wanted: string | undefined;
  let leaving = false;

  /** The frame's document goes: what it still says is nobody's, and what is said waits for the next. */
  function leave(): void {
    port?.close();
    connected = port = undefined;
  }

  /** Begins a frame anew that speaks another language than the page wants. */
  function turn(frame: HTMLIFrameElement): boolean {
    const address = new URL(frame.src);
    const locale = address.searchParams.get('locale');
    if (!wanted || locale?.toLowerCase() === wanted.toLowerCase()) return false;
    leave();
    leaving = true;
    address.searchParams.set('locale', wanted);
    frame.addEventListener(
      'load',
      () => {
        leaving = false;
      },
      { once: true },
    );
    frame.src = address.href;
    return true;
  }

  function open(frame: HTMLIFrameElement): void {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<EventToPage>) => {
      if (data.type === 'gone') gone?.();
      hear(data);
    };
    frame.contentWindow?.postMessage(COMMANDS, origin, [port2]);
    port = port1;
    for (const command of known.values()) port.postMessage(command);
    // Once said is enough.
    known.delete('start');
  }

  return {
    /** What the site's server said of the visitor, for the frame's first request. */
    identity: undefined as string | undefined,
    frame: () => connected,
    /** The frame speaks, so it listens. */
    connect(frame: HTMLIFrameElement): void {
      if (leaving || connected === frame || turn(frame)) return;
      connected = frame;
      open(frame);
      // A frame that loads anew has lost its port; it listens again as it speaks again.
      frame.addEventListener('load', leave, { once: true });
    },
    /** The widget's language. Its texts are there as the frame begins, so an open one begins anew. */
    speak(locale: string): void {
      wanted = locale;
      if (connected) turn(connected);
    },
    tell(command: CommandToFrame): void {
      const before = known.get(command.type);
      if (command.type === 'say' && before?.type === 'say') {
        const customFields = { ...before.customFields, ...command.customFields };
        known.set('say', { ...before, ...command, customFields });
      } else if (port === undefined || command.type !== 'start') known.set(command.type, command);
      port?.postMessage(command);
    },
    /** Everything in the frame goes; resolves when it has. */
    async end(frame: HTMLIFrameElement): Promise<void> {
      const over = new Promise<void>((resolve) => {
        gone = resolve;
      });
      if (connected !== frame) open(frame);
      port?.postMessage({ type: 'shutdown' });
      await over;
    },
    leave,
  };
}

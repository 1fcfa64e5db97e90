import type { CommandToFrame, EventToPage } from '../bridge/commands.ts';
import { COMMANDS } from '../bridge/messages.ts';

/** The commands' channel to the frame. What is sent before it is open waits. */
export function createChannel(origin: string, receive: (event: EventToPage) => void) {
  let port: MessagePort | undefined;
  let connected: HTMLIFrameElement | undefined;
  /** The last command of each type: a new document in the frame gets all of them. */
  const lastCommands = new Map<string, CommandToFrame>();
  let onGone: (() => void) | undefined;
  /** The tag of the language that the page has set. */
  let wantedLocale: string | undefined;
  let isReloading = false;

  /** Closes the channel to a document that unloads; commands wait for the next document. */
  function disconnect(): void {
    port?.close();
    connected = port = undefined;
  }

  /** Reloads the frame if it has another language than the page has set. */
  function reloadInLanguage(frame: HTMLIFrameElement): boolean {
    const address = new URL(frame.src);
    const locale = address.searchParams.get('locale');
    if (!wantedLocale || locale?.toLowerCase() === wantedLocale.toLowerCase()) return false;
    disconnect();
    isReloading = true;
    address.searchParams.set('locale', wantedLocale);
    frame.addEventListener(
      'load',
      () => {
        isReloading = false;
      },
      { once: true },
    );
    frame.src = address.href;
    return true;
  }

  function open(frame: HTMLIFrameElement): void {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<EventToPage>) => {
      if (data.type === 'gone') onGone?.();
      receive(data);
    };
    frame.contentWindow?.postMessage(COMMANDS, origin, [port2]);
    port = port1;
    for (const command of lastCommands.values()) port.postMessage(command);
    // A conversation starts once.
    lastCommands.delete('start');
  }

  return {
    /** The identity token from the site's server, for the frame's first request. */
    identity: undefined as string | undefined,
    frame: () => connected,
    /** Called with every message of the frame: from then on it accepts commands. */
    connect(frame: HTMLIFrameElement): void {
      if (isReloading || connected === frame || reloadInLanguage(frame)) return;
      connected = frame;
      open(frame);
      // A document that loads next needs another port, and gets it with its first message.
      frame.addEventListener('load', disconnect, { once: true });
    },
    /** Sets the widget's language. The frame loads its texts at its start, so an open frame reloads. */
    setLocale(locale: string): void {
      wantedLocale = locale;
      if (connected) reloadInLanguage(connected);
    },
    tell(command: CommandToFrame): void {
      const before = lastCommands.get(command.type);
      if (command.type === 'say' && before?.type === 'say') {
        const customFields = { ...before.customFields, ...command.customFields };
        lastCommands.set('say', { ...before, ...command, customFields });
      } else if (port === undefined || command.type !== 'start')
        lastCommands.set(command.type, command);
      port?.postMessage(command);
    },
    /** Deletes everything that the frame stores; resolves when that is done. */
    async end(frame: HTMLIFrameElement): Promise<void> {
      const ended = new Promise<void>((resolve) => {
        onGone = resolve;
      });
      if (connected !== frame) open(frame);
      port?.postMessage({ type: 'shutdown' });
      await ended;
    },
    disconnect,
  };
}

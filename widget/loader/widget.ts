import { ACCENT, type Introduction, type ToPage } from '../bridge/messages.ts';
import { pageOrigin } from '../bridge/page-origin.ts';
import css from './loader.css?inline';
import { quietly, tellError } from './quietly.ts';

declare global {
  /**
   * Whether this build has the page's commands. The one without is what a site embeds that only wants
   * a chat, and has their bytes for other things.
   */
  const COMMANDS: boolean;
}

export type WidgetOptions = {
  key: string;
  /** Foyer's own origin, where the script came from. */
  origin: string;
  /** `#rrggbb`; anything else is ignored. */
  accent?: string | undefined;
  /** `left` or `right`; else the end of the line in the page's direction. */
  position?: string | undefined;
  /** What the launcher says beside its icon; else it is the icon alone. */
  text?: string | undefined;
  /** The language's tag; else the visitor's own. */
  locale?: string | undefined;
  /** The domain whose subdomains share the visitor, as `example.com`. */
  cookieDomain?: string | undefined;
  /** Begins again, with a widget that knows of nothing. */
  begin(waiting?: Command[]): void;
};

/** What a page says, as it should: whatever else it says ends in a warning. */
export type Command = [name?: unknown, value?: unknown, listener?: () => void];

/** What of the widget the other commands' script works with (widget/api); it loads when it is used. */
export type Widget = {
  options: WidgetOptions;
  queue: Command[];
  show(open?: boolean): void;
  /** Called after every change, with what the frame said. */
  heard(hear: Hear): void;
  /** The page's title without our count. */
  title(): string;
  /** Removes the widget from the page for good. */
  end(): void;
};
type Hear = (
  frame: HTMLIFrameElement | undefined,
  open: boolean,
  unread: number,
  message?: ToPage,
) => void;

/** That script's one export. What it returns is asked whenever the frame begins. */
type Api = { start(widget: Widget): () => Introduction };

/** What the panel's script (widget/panel) works with; it loads when the panel first opens. */
export type Core = {
  options: WidgetOptions;
  host: HTMLElement;
  root: ShadowRoot;
  button: HTMLButtonElement;
  frame: HTMLIFrameElement;
  isOpen(): boolean;
  show(open?: boolean): void;
  queue: Command[];
  /** Loads the page's commands, which may have something for the frame; not in every build. */
  load?: (() => Promise<(() => Introduction) | undefined>) | undefined;
  /** Tells the page's commands what changed. `frame` is there once it can be spoken to. */
  changed: (frame: HTMLIFrameElement | undefined, unread: number, message?: ToPage) => void;
};
export type Panel = {
  /** A document has loaded in the frame. */
  connect(): Promise<void>;
  /** The panel was opened or closed. */
  turned(): void;
  /** Loads the frame again, if its document did not come. */
  revive(): void;
  title(): string;
  end(): void;
};
type PanelScript = { attach(core: Core): Panel };

/** Times that a page may remove the launcher within a second of its return, before we give in. */
const MAX_FIGHTS = 20;

/** Launcher and panel, in a closed shadow root that the page's styles do not reach into. */
export function createWidget(options: WidgetOptions) {
  const { key, origin, accent, position, text } = options;
  const host = document.createElement('foyer-widget');
  const root = host.attachShadow({ mode: 'closed' });
  const button = document.createElement('button');
  const queue: Command[] = [];
  let { locale } = options;
  let api: Promise<(() => Introduction) | undefined> | undefined;
  let hear: Hear | undefined;
  let frame: HTMLIFrameElement | undefined;
  let panel: Panel | undefined;
  let loading = false;
  let loaded = false;
  let attempts = 0;
  let open = false;
  let fights = 0;
  let returned = 0;

  const online = () => open && summon();

  /**
   * Puts the launcher on the page, and back where the page has thrown it away. Until the panel opens
   * it is the last of `<body>`, where a framework that takes a server's HTML over expects strangers;
   * then it moves to `<html>`, since a frame that moves or goes with its `<body>` begins again.
   */
  const put = quietly((move?: unknown) => {
    const { documentElement, body } = document;
    // No polling: three nodes, and only their own children.
    for (const node of [document, documentElement, body]) {
      if (node) observer.observe(node, { childList: true });
    }
    if (!body || (host.isConnected && move !== true)) return;
    fights = Date.now() - returned < 1e3 ? fights + 1 : 0;
    returned = Date.now();
    if (fights > MAX_FIGHTS) {
      observer.disconnect();
      return tellError('The page keeps removing the launcher.');
    }
    // A document that is written anew loses all that listens in it.
    button.onclick = quietly(() => show());
    button.onkeydown = quietly((event: KeyboardEvent) => {
      if (event.key === 'Escape') show(false);
    });
    addEventListener('online', online);
    if (frame) {
      frame.onload = () => {
        loaded = true;
        void panel?.connect();
      };
    }
    (frame ? documentElement : body).append(host);
    // Above everything, and free of what the page does to <html> and <body>. Not in every browser.
    host.popover = 'manual';
    host.showPopover?.();
  });
  const observer = new MutationObserver(put);
  // The parser may have added to the body after us.
  document.addEventListener('readystatechange', () => {
    if (!frame && document.readyState === 'interactive') put(true);
  });

  function paint(): void {
    button.toggleAttribute('open', open);
    button.ariaExpanded = `${open}`;
    button.ariaLabel = open ? 'Close chat' : 'Open chat';
    panel?.turned();
  }

  /** Loads what the panel needs, as far as it did not come before. */
  function summon(): void {
    panel?.revive();
    if (loading) return;
    loading = true;
    const made = frame ?? document.createElement('iframe');
    frame = made;
    made.title = 'Chat';
    if (!attempts) put(true);
    made.src = `${origin}/widget/frame?key=${key}&origin=${pageOrigin()}${locale ? `&locale=${locale}` : ''}`;
    button.after(made);
    // A script that failed once may be remembered as failed.
    const script: Promise<PanelScript> = import(
      /* @vite-ignore */ `${origin}/widget-panel.js${attempts++ ? `?${attempts}` : ''}`
    );
    script
      .then(({ attach }) => {
        panel = attach({
          options,
          host,
          root,
          button,
          frame: made,
          isOpen: () => open,
          show,
          queue,
          ...(COMMANDS && { load }),
          changed: (ready, unread, message) => hear?.(ready, open, unread, message),
        });
        if (loaded) void panel.connect();
      })
      .catch((error) => {
        loading = false;
        tellError(error);
      });
  }
  function show(wanted = !open): void {
    if (wanted === open) return;
    open = wanted;
    button.toggleAttribute('peek', false);
    if (open) {
      summon();
      // Laid out once while closed, so that the opening moves.
      frame?.getBoundingClientRect();
    }
    paint();
    (open && frame ? frame : button).focus();
  }

  /** The commands that are not here. Without them there is the chat. */
  function load() {
    if (!api) {
      // Under a policy with a nonce, and with Trusted Types, `import` goes where this script went.
      const script: Promise<Api> = import(/* @vite-ignore */ `${origin}/widget-api.js`);
      api = script
        .then(({ start }) =>
          start({
            options,
            queue,
            show,
            heard(listener) {
              hear = listener;
              paint();
            },
            title: () => panel?.title() ?? document.title,
            end() {
              observer.disconnect();
              removeEventListener('online', online);
              panel?.end();
              frame?.remove();
              host.remove();
            },
          }),
        )
        .catch((error) => {
          api = undefined;
          return tellError(error);
        });
    }
    return api;
  }

  /** Whether the page keeps a visitor's token. */
  function isKnown(): boolean {
    try {
      return localStorage.getItem(`foyer:${key}`) !== null;
    } catch {
      return false;
    }
  }

  /** What can be seen is done at once; the rest waits until there is a frame (P1). */
  function command(...words: Command): void {
    const [name, value, listener] = words;
    if (name === 'repair') {
      put();
      return;
    }
    queue.push(words);
    if (name === 'hide' || name === 'show') host.hidden = name === 'hide';
    if (name === 'setLocale') locale = `${value}`;
    if (name === 'open' || name === 'startConversation') show(true);
    if (name === 'close') show(false);
    if (name === 'toggle') show();
    if (name === 'on' && value === 'ready') listener?.();
    if (frame || (name === 'shutdown' && isKnown())) void load();
  }

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(COMMANDS ? `${css}:host([hidden]){display:none!important}` : css);
  root.adoptedStyleSheets = [sheet];
  if (position) host.dir = position === 'left' ? 'rtl' : 'ltr';
  if (text) button.setAttribute('text', text);
  if (accent && ACCENT.test(accent)) host.style.setProperty('--foyer-accent', accent);
  root.append(button);
  paint();

  return { put, show: quietly(show), command: COMMANDS ? quietly(command) : () => {} };
}

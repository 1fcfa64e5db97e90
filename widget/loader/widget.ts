import { ACCENT, type Introduction, type ToPage } from '../bridge/messages.ts';
import { pageOrigin } from '../bridge/page-origin.ts';
import css from './loader.css?inline';
import { quietly, tellError } from './quietly.ts';

declare global {
  /**
   * Whether this build has the page's commands. The build without them is smaller, for sites that only
   * embed the chat.
   */
  const COMMANDS: boolean;
}

export type WidgetOptions = {
  key: string;
  /** Foyer's own origin, where the script came from. */
  origin: string;
  /** `#rrggbb`; anything else is ignored. */
  accent?: string | undefined;
  /** `left` or `right`; by default right, or left on right-to-left pages. */
  position?: string | undefined;
  /** The text beside the launcher's icon; by default there is only the icon. */
  text?: string | undefined;
  /** The language's tag; by default the visitor's language. */
  locale?: string | undefined;
  /** The domain whose subdomains share the visitor, such as `example.com`. */
  cookieDomain?: string | undefined;
  /** Starts again with a new widget. */
  begin(waiting?: Command[]): void;
};

/** A command with its arguments, as the page passed them. Wrong arguments end in a warning. */
export type Command = [name?: unknown, value?: unknown, listener?: () => void];

/** What the script with the other commands (widget/api) gets of the widget. It loads when it is needed. */
export type Widget = {
  options: WidgetOptions;
  queue: Command[];
  show(open?: boolean): void;
  /** Sets the function that is called after every change, with the frame's message. */
  listen(notify: ChangeListener): void;
  /** The page's title without our count of unread messages. */
  title(): string;
  /** Removes the widget from the page for good. */
  end(): void;
};
type ChangeListener = (
  frame: HTMLIFrameElement | undefined,
  open: boolean,
  unread: number,
  message?: ToPage,
) => void;

/** The script's one export. The function that it returns is called whenever the frame starts. */
type Api = { start(widget: Widget): () => Introduction };

/** What the panel's script (widget/panel) gets of the widget. It loads when the panel first opens. */
export type Core = {
  options: WidgetOptions;
  host: HTMLElement;
  root: ShadowRoot;
  button: HTMLButtonElement;
  frame: HTMLIFrameElement;
  isOpen(): boolean;
  show(open?: boolean): void;
  queue: Command[];
  /** Loads the page's commands, which may have an introduction for the frame. Only in the build with commands. */
  load?: (() => Promise<(() => Introduction) | undefined>) | undefined;
  /** Tells the page's commands what changed. `frame` is set once it accepts messages. */
  changed: (frame: HTMLIFrameElement | undefined, unread: number, message?: ToPage) => void;
};
export type Panel = {
  /** A document has loaded in the frame. */
  connect(): Promise<void>;
  /** The panel was opened or closed. */
  turned(): void;
  /** Loads the frame again if its document did not load. */
  revive(): void;
  title(): string;
  end(): void;
};
type PanelScript = { attach(core: Core): Panel };

/** How often a page may remove the launcher within a second of its return before we give up. */
const MAX_REMOVALS = 20;

/** Launcher and panel, in a closed shadow root that the page's styles cannot reach. */
export function createWidget(options: WidgetOptions) {
  const { key, origin, accent, position, text } = options;
  const host = document.createElement('foyer-widget');
  const root = host.attachShadow({ mode: 'closed' });
  const button = document.createElement('button');
  const queue: Command[] = [];
  let { locale } = options;
  let api: Promise<(() => Introduction) | undefined> | undefined;
  let notify: ChangeListener | undefined;
  let frame: HTMLIFrameElement | undefined;
  let panel: Panel | undefined;
  let loading = false;
  let loaded = false;
  let attempts = 0;
  let open = false;
  let removals = 0;
  let returnedAt = 0;

  const online = () => open && loadPanel();

  /**
   * Puts the launcher on the page, again if the page has removed it. Until the panel opens it is the
   * last child of `<body>`, where frameworks that hydrate a server's HTML tolerate foreign elements.
   * Then it moves to `<html>`, since a frame reloads when it is moved or its `<body>` is replaced.
   */
  const put = quietly((move?: unknown) => {
    const { documentElement, body } = document;
    // No polling: it observes the direct children of three nodes.
    for (const node of [document, documentElement, body]) {
      if (node) observer.observe(node, { childList: true });
    }
    if (!body || (host.isConnected && move !== true)) return;
    removals = Date.now() - returnedAt < 1e3 ? removals + 1 : 0;
    returnedAt = Date.now();
    if (removals > MAX_REMOVALS) {
      observer.disconnect();
      return tellError('The page keeps removing the launcher.');
    }
    // `document.write` removes all listeners of the document.
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
    // In the top layer: above everything, and unaffected by styles of <html> and <body>.
    host.popover = 'manual';
    host.showPopover?.();
  });
  const observer = new MutationObserver(put);
  // The parser may have added elements to the body after the launcher.
  document.addEventListener('readystatechange', () => {
    if (!frame && document.readyState === 'interactive') put(true);
  });

  function paint(): void {
    button.toggleAttribute('open', open);
    button.ariaExpanded = `${open}`;
    button.ariaLabel = open ? 'Close chat' : 'Open chat';
    panel?.turned();
  }

  /** Loads what the panel needs and has not loaded yet. */
  function loadPanel(): void {
    panel?.revive();
    if (loading) return;
    loading = true;
    const iframe = frame ?? document.createElement('iframe');
    frame = iframe;
    iframe.title = 'Chat';
    if (!attempts) put(true);
    iframe.src = `${origin}/widget/frame?key=${key}&origin=${pageOrigin()}${locale ? `&locale=${locale}` : ''}`;
    button.after(iframe);
    // A browser may remember that a script failed to load, so that a retry needs another address.
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
          frame: iframe,
          isOpen: () => open,
          show,
          queue,
          ...(COMMANDS && { load }),
          changed: (ready, unread, message) => notify?.(ready, open, unread, message),
        });
        if (loaded) void panel.connect();
      })
      .catch((error) => {
        loading = false;
        tellError(error);
      });
  }
  function show(next = !open): void {
    if (next === open) return;
    open = next;
    button.toggleAttribute('peek', false);
    if (open) {
      loadPanel();
      // Forces a layout while closed, so that opening is animated.
      frame?.getBoundingClientRect();
    }
    paint();
    (open && frame ? frame : button).focus();
  }

  /** Loads the script with the other commands. If that fails, the chat works without them. */
  function load() {
    if (!api) {
      // `import` is allowed wherever this script was, also under a nonce policy or Trusted Types.
      const script: Promise<Api> = import(/* @vite-ignore */ `${origin}/widget-api.js`);
      api = script
        .then(({ start }) =>
          start({
            options,
            queue,
            show,
            listen(listener) {
              notify = listener;
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

  /** Runs visible commands at once; the others wait until the frame loads (P1). */
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

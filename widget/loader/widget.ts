import { type Introduction, isAccent, type ToFrame, type ToPage } from '../bridge/messages.ts';
import { connectFrame } from '../bridge/page.ts';
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
  /** Begins anew, with a widget that knows of nothing. */
  begin(waiting?: Command[]): void;
};

/** What a page says, as it should: whatever else it says ends in a warning. */
export type Command = [name?: unknown, value?: unknown, listener?: () => void];

/** What of the widget the other commands' script works with (widget/api); it loads when it is used. */
export type Widget = {
  options: WidgetOptions;
  host: HTMLElement;
  /** Those that were said so far; what comes is pushed. */
  queue: Command[];
  show(open?: boolean): void;
  /** Called after every change, with what the frame said. */
  heard(hear: Hear): void;
};
export type Hear = (
  frame: HTMLIFrameElement | undefined,
  open: boolean,
  unread: number,
  message?: ToPage,
) => void;

/** That script's one export. What it returns is asked whenever the frame begins. */
type Api = { start(widget: Widget): () => Introduction };

/** Launcher and panel, in a closed shadow root that the page's styles do not reach into. */
export function createWidget(options: WidgetOptions) {
  const { key, origin, accent, position, text } = options;
  const host = document.createElement('foyer-widget');
  const button = document.createElement('button');
  const badge = document.createElement('span');
  const queue: Command[] = [];
  let { locale } = options;
  let api: Promise<(() => Introduction) | undefined> | undefined;
  let hear: Hear | undefined;
  let frame: HTMLIFrameElement | undefined;
  let tell: ((message: ToFrame) => void) | undefined;
  let open = false;
  let unread = 0;
  /** The frame says it in the visitor's language, once it runs. */
  let label: string | undefined;
  /** The visitor token, for the page's life where storage is denied. */
  let token: string | null = null;

  /** The visitor token in the page's first-party storage; a new one is kept there. */
  function stored(added?: string): string | null {
    if (added) token = added;
    try {
      if (added) localStorage.setItem(`foyer:${key}`, added);
      return localStorage.getItem(`foyer:${key}`);
    } catch {
      // Denied or full; the chat works all the same.
      return token;
    }
  }

  /** The page's title without our count before it. */
  const ownTitle = () => document.title.replace(/^\(\d\+?\) /, '');

  /** All that the frame may want to know, for it to take what the type is about. */
  function say(type: ToFrame['type'], more?: Introduction): void {
    const page = { url: location.href, title: ownTitle(), referrer: document.referrer };
    tell?.({ type, open, visitorToken: stored(), accent, page, ...more });
  }

  function paint(message?: ToPage): void {
    button.toggleAttribute('open', open);
    badge.textContent = open || unread < 1 ? '' : unread > 9 ? '9+' : `${unread}`;
    button.ariaExpanded = `${open}`;
    button.ariaLabel = label ?? (open ? 'Close chat' : 'Open chat');
    if (COMMANDS) {
      hear?.(tell && frame, open, unread, message);
      return;
    }
    const title = ownTitle();
    const next = badge.textContent ? `(${badge.textContent}) ${title}` : title;
    if (next !== document.title) document.title = next;
  }

  function colour(value: unknown): void {
    if (isAccent(value)) host.style.setProperty('--foyer-accent', value);
  }

  function receive(message: ToPage): void {
    button.toggleAttribute('ready', true);
    if (message.type === 'token') stored(message.visitorToken);
    else if (message.type === 'close') show(false);
    else if (message.type === 'open') show(true);
    else if (message.type === 'peek') button.toggleAttribute('peek', message.on);
    else if (message.type === 'accent') colour(message.accent);
    else ({ count: unread, label } = message);
    // The rest of how a closed panel tells of answers.
    if (COMMANDS && unread) void load();
    paint(message);
  }

  /** On phones the panel follows the part of the page that the on-screen keyboard leaves free. */
  function follow(): void {
    if (!visualViewport) return;
    host.style.setProperty('--foyer-top', `${visualViewport.offsetTop}px`);
    host.style.setProperty('--foyer-height', `${visualViewport.height}px`);
  }

  function createFrame(): HTMLIFrameElement {
    const made = document.createElement('iframe');
    made.title = 'Chat';
    made.src = `${origin}/widget/frame?key=${key}&origin=${location.origin}${locale ? `&locale=${locale}` : ''}`;
    const connect = (more?: Introduction) => {
      tell = connectFrame(made, origin, quietly(receive));
      say('init', more);
      say('shown');
    };
    made.onload = quietly(() => {
      if (COMMANDS && (queue[0] || options.cookieDomain)) {
        void load().then((introduce) => quietly(connect)(introduce?.()));
      } else connect();
    });
    for (const type of ['resize', 'scroll'])
      visualViewport?.addEventListener(type, quietly(follow));
    follow();
    return made;
  }

  function show(wanted = !open): void {
    if (wanted === open) return;
    open = wanted;
    button.toggleAttribute('peek', false);
    if (open && !frame) {
      frame = createFrame();
      button.after(frame);
      // Where the page goes from here, that script tells.
      if (COMMANDS)
        window.navigation ? navigation.addEventListener('navigatesuccess', load) : load();
      // Laid out once while closed, so that the opening moves.
      frame.getBoundingClientRect();
    }
    paint();
    say('shown');
    if (open) frame?.focus();
    else button.focus();
  }

  const heard = (listener: Hear) => {
    hear = listener;
    paint();
  };

  /** The commands that are not here. Without them there is the chat. */
  function load() {
    if (!api) {
      // Under a policy with a nonce, and with Trusted Types, `import` goes where this script went.
      const loaded: Promise<Api> = import(/* @vite-ignore */ `${origin}/widget-api.js`);
      api = loaded
        .then(({ start }) => start({ options, host, queue, show, heard }))
        .catch(tellError);
    }
    return api;
  }

  /** What can be seen is done at once; the rest waits until there is a frame (P1). */
  function command(...words: Command): void {
    const [name, value, listener] = words;
    queue.push(words);
    if (name === 'hide' || name === 'show') host.hidden = name === 'hide';
    if (name === 'setLocale') locale = `${value}`;
    if (name === 'open' || name === 'startConversation') show(true);
    if (name === 'close') show(false);
    if (name === 'toggle') show();
    if (name === 'on' && value === 'ready') listener?.();
    if (frame || (name === 'shutdown' && stored())) void load();
  }

  const draw = quietly(() => {
    const root = host.attachShadow({ mode: 'closed' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(COMMANDS ? `${css}:host([hidden]){display:none!important}` : css);
    root.adoptedStyleSheets = [sheet];
    if (position) host.dir = position === 'left' ? 'rtl' : 'ltr';
    button.append(badge);
    if (text) button.setAttribute('text', text);
    button.onclick = quietly(() => show());
    root.append(button);
    button.onkeydown = quietly((event: KeyboardEvent) => {
      if (event.key === 'Escape') show(false);
    });
    colour(accent);
    paint();
    document.documentElement.append(host);
  });

  return { draw, show: quietly(show), command: COMMANDS ? quietly(command) : () => {} };
}

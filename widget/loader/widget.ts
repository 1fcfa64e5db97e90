import { isAccent, type PageInfo, type ToFrame, type ToPage } from '../bridge/messages.ts';
import { connectFrame } from '../bridge/page.ts';
import css from './loader.css?inline';
import { remember, remembered } from './storage.ts';

type Quietly = <Args extends unknown[]>(work: (...args: Args) => void) => (...args: Args) => void;

export type WidgetOptions = {
  key: string;
  /** Foyer's own origin, where the script came from. */
  origin: string;
  /** `#rrggbb`; anything else is ignored. */
  accent: string | undefined;
  /** `left` or `right`; else the end of the line in the page's direction. */
  position: string | undefined;
  /** What the launcher says beside its icon; else it is the icon alone. */
  text: string | undefined;
  /** The language's tag; else the visitor's own. */
  locale: string | undefined;
  quietly: Quietly;
};

/** Launcher and panel, in a closed shadow root that the page's styles do not reach into. */
export function createWidget({
  key,
  origin,
  accent,
  position,
  locale,
  text,
  quietly,
}: WidgetOptions) {
  const host = document.createElement('foyer-widget');
  const button = document.createElement('button');
  const badge = document.createElement('span');
  let frame: HTMLIFrameElement | undefined;
  let tell: ((message: ToFrame) => void) | undefined;
  let open = false;
  let unread = 0;
  /** The frame says it in the visitor's language, once it runs. */
  let label: string | undefined;

  /** The page's title without our count before it. */
  const ownTitle = () => document.title.replace(/^\(\d\+?\) /, '');

  const page = (): PageInfo => ({
    url: location.href,
    title: ownTitle(),
    referrer: document.referrer,
  });

  function paint(): void {
    button.toggleAttribute('open', open);
    badge.textContent = open || unread < 1 ? '' : unread > 9 ? '9+' : `${unread}`;
    button.ariaExpanded = `${open}`;
    button.ariaLabel = label ?? (open ? 'Close chat' : 'Open chat');
    const title = ownTitle();
    const next = badge.textContent ? `(${badge.textContent}) ${title}` : title;
    if (next !== document.title) document.title = next;
  }

  function colour(value: unknown): void {
    if (isAccent(value)) host.style.setProperty('--foyer-accent', value);
  }

  function receive(message: ToPage): void {
    button.toggleAttribute('ready', true);
    if (message.type === 'token') remember(key, message.visitorToken);
    else if (message.type === 'close') show(false);
    else if (message.type === 'open') show(true);
    else if (message.type === 'peek') button.toggleAttribute('peek', message.on);
    else if (message.type === 'accent') colour(message.accent);
    else ({ count: unread, label } = message);
    paint();
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
    // The frame's own colours follow the system, whatever the page's do.
    made.style.colorScheme = 'light dark';
    made.src = `${origin}/widget/frame?${new URLSearchParams({ key, origin: location.origin, ...(locale && { locale }) })}`;
    made.onload = quietly(() => {
      tell = connectFrame(made, origin, quietly(receive));
      tell({ type: 'init', visitorToken: remembered(key), accent: accent ?? null, page: page() });
      tell({ type: 'shown', open, page: page() });
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
      // Laid out once while closed, so that the opening moves.
      frame.getBoundingClientRect();
    }
    paint();
    tell?.({ type: 'shown', open, page: page() });
    if (open) frame?.focus();
    else button.focus();
  }

  const draw = quietly(() => {
    const root = host.attachShadow({ mode: 'closed' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    if (position) host.dir = position === 'left' ? 'rtl' : 'ltr';
    button.type = 'button';
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

  return { draw, show: quietly(show) };
}

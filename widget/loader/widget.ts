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
  /** The language's tag; else the visitor's own. */
  locale: string | undefined;
  quietly: Quietly;
};

const bubble =
  'M12 3.5c5 0 9 3.4 9 7.8s-4 7.8-9 7.8c-1 0-2-.1-2.9-.4L4.6 21l.8-3.9A7.3 7.3 0 0 1 3 11.3c0-4.4 4-7.8 9-7.8Z';
const chevron = 'm6 9.5 6 6 6-6';

/** Launcher and panel, in a closed shadow root that the page's styles do not reach into. */
export function createWidget({ key, origin, accent, position, locale, quietly }: WidgetOptions) {
  const host = document.createElement('foyer-widget');
  const button = document.createElement('button');
  const badge = document.createElement('span');
  const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  let frame: HTMLIFrameElement | undefined;
  let tell: ((message: ToFrame) => void) | undefined;
  let open = false;
  let unread = 0;

  const page = (): PageInfo => ({
    url: location.href,
    title: document.title,
    referrer: document.referrer,
  });

  function paint(): void {
    button.toggleAttribute('open', open);
    path.setAttribute('d', open ? chevron : bubble);
    badge.textContent = open || unread < 1 ? '' : unread > 9 ? '9+' : `${unread}`;
    button.ariaExpanded = `${open}`;
    button.ariaLabel = open ? 'Close chat' : `Open chat${unread ? `, ${unread} unread` : ''}`;
  }

  function colour(value: unknown): void {
    if (!isAccent(value)) return;
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) =>
      Number.parseInt(value.slice(at, at + 2), 16),
    );
    host.style.setProperty('--foyer-accent', value);
    // The eye's weights for brightness: the icon stays visible on every accent.
    host.style.setProperty('--foyer-ink', r * 0.3 + g * 0.59 + b * 0.11 > 160 ? '#000' : '#fff');
  }

  function receive(message: ToPage): void {
    button.toggleAttribute('ready', true);
    if (message.type === 'token') remember(key, message.visitorToken);
    else if (message.type === 'close') show(false);
    else if (message.type === 'accent') colour(message.accent);
    else unread = message.count;
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
    icon.setAttribute('viewBox', '0 0 24 24');
    icon.append(path);
    button.type = 'button';
    button.append(icon, badge);
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

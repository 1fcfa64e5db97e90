import { type Introduction, isAccent, type ToFrame, type ToPage } from '../bridge/messages.ts';
import { onNavigation } from '../bridge/navigation.ts';
import { connectFrame } from '../bridge/page.ts';
import { pageOrigin } from '../bridge/page-origin.ts';
import { quietly, tellError } from '../loader/quietly.ts';
import type { Core, Panel } from '../loader/widget.ts';
import { createKeep } from './keep.ts';
import css from './panel.css?inline';
import { createTitle } from './title.ts';
import { SETTLED_MS, takeTurn } from './turn.ts';

/**
 * The page's side of an open panel: it exchanges messages with the frame, stores the visitor's token,
 * and counts unread messages. It loads in parallel with the frame when the panel first opens.
 */

/** Milliseconds that a loaded frame has for its first message before it counts as refused. */
const PATIENCE_MS = 10_000;

/** The same when the visitor opens the panel again. */
const SLOW_MS = 3_000;

export function attach(core: Core): Panel {
  const { options, host, root, button, frame, isOpen, show, queue, load } = core;
  const { key, origin, accent } = options;
  const badge = document.createElement('span');
  const title = createTitle();
  const keep = createKeep(key);
  let post: ((message: ToFrame) => void) | undefined;
  let unread = 0;
  /** The launcher's accessible name in the visitor's language, from the frame. */
  let label: string | undefined;
  /** When the frame's document loaded, by `Date.now()`; infinity while it loads. */
  let loaded = Number.POSITIVE_INFINITY;
  let wasOffline = false;
  /** Whether the frame's document is ours and runs. */
  let alive = false;
  /** Whether the frame got no visitor token, and so creates a visitor. */
  let isNew = false;
  /** The token that this page stored last. Each session has its own token. */
  let writtenToken: string | undefined;
  let endTurn: (() => void) | undefined;

  /** Sends the frame everything that it may need; it reads what the type is about. */
  function send(type: ToFrame['type'], more?: Introduction): void {
    const page = { url: location.href, title: title.own(), referrer: document.referrer };
    post?.({ type, open: isOpen(), visitorToken: keep.read(), accent, page, ...more });
  }

  function paint(message?: ToPage): void {
    badge.textContent = isOpen() || unread < 1 ? '' : unread > 9 ? '9+' : `${unread}`;
    if (label) button.ariaLabel = label;
    title.count(badge.textContent);
    // Commands may listen for unread messages.
    if (unread) void load?.();
    core.changed(post && frame, unread, message);
  }

  function keepToken(token: string): void {
    const other = isNew && keep.read();
    writtenToken = token;
    if (!other) keep.write(token);
    // Without locks another tab may have stored a token, too. The stored token wins.
    if (isNew) setTimeout(() => keep.read() !== writtenToken && reload(), other ? 0 : SETTLED_MS);
    isNew = false;
  }

  function receive(message: ToPage): void {
    const { type } = message;
    alive = true;
    if (type === 'begun') {
      endTurn?.();
      return;
    }
    if (type === 'token') {
      keepToken(message.visitorToken);
      if (keep.read() === message.visitorToken) paint(message);
      return;
    }
    button.toggleAttribute('ready', true);
    if (type === 'close') show(false);
    else if (type === 'open') show(true);
    else if (type === 'peek') button.toggleAttribute('peek', message.on);
    else if (type === 'accent') {
      if (isAccent(message.accent)) host.style.setProperty('--foyer-accent', message.accent);
    } else ({ count: unread, label } = message);
    paint(message);
  }

  /** On phones the panel fits the area above the on-screen keyboard. */
  function follow(): void {
    // A page may have its own variable called `visualViewport`.
    if (!visualViewport?.height) return;
    // Lengths inside the host are multiplied by the page's CSS zoom.
    const { currentCSSZoom: zoom = 1 }: { currentCSSZoom?: number } = host;
    host.style.setProperty('--foyer-top', `${visualViewport.offsetTop / zoom}px`);
    host.style.setProperty('--foyer-height', `${visualViewport.height / zoom}px`);
  }

  async function connect(): Promise<void> {
    loaded = Date.now();
    wasOffline = !navigator.onLine;
    alive = false;
    post = undefined;
    const introduce = await (queue[0] || options.cookieDomain ? load?.() : undefined);
    endTurn?.();
    // With a signed identity all tabs are one visitor anyway.
    isNew = !keep.read() && !introduce?.().identity;
    if (isNew) endTurn = await takeTurn(`foyer:${key}`);
    const more = introduce?.();
    isNew &&= !keep.read() && !more?.visitorToken;
    post = connectFrame(frame, origin, quietly(receive));
    send('init', more);
    send('shown');
    setTimeout(() => {
      if (alive || !navigator.onLine) return;
      tellError(`The chat did not load. Is ${pageOrigin()} among the allowed websites?`);
    }, PATIENCE_MS);
  }

  /** Loads the frame's document again if it is not ours. */
  function revive(): void {
    if (!alive && (wasOffline || Date.now() - loaded > SLOW_MS)) reload();
  }

  function reload(): void {
    loaded = Number.POSITIVE_INFINITY;
    wasOffline = false;
    button.toggleAttribute('ready', false);
    // Setting the same address reloads the frame.
    frame.setAttribute('src', frame.src);
  }

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets.push(sheet);
  button.append(badge);
  for (const type of ['resize', 'scroll'])
    visualViewport?.addEventListener?.(type, quietly(follow));
  follow();
  // The commands' script reports where the page navigates.
  if (load && !onNavigation(load)) load();
  if (!key)
    tellError('There is no key: data-key="wk_…" on the script, or ?key=wk_… in its address.');

  return {
    connect: () => connect().catch(tellError),
    turned() {
      paint();
      send('shown');
    },
    revive,
    title: title.own,
    end: () => title.count(''),
  };
}

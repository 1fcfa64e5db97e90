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
 * The page's side of an open panel: it speaks with the frame, keeps the visitor's token, and counts
 * what the visitor has not seen. It loads beside the frame's document when the panel first opens.
 */

/** Milliseconds from a frame's document to its first word, after which it counts as refused. */
const PATIENCE_MS = 10_000;

/** Milliseconds for the same while the visitor opens the panel again. */
const SLOW_MS = 3_000;

export function attach(core: Core): Panel {
  const { options, host, root, button, frame, isOpen, show, queue, load } = core;
  const { key, origin, accent } = options;
  const badge = document.createElement('span');
  const title = createTitle();
  const keep = createKeep(key);
  let tell: ((message: ToFrame) => void) | undefined;
  let unread = 0;
  /** The launcher's name in the visitor's language, which the frame knows. */
  let label: string | undefined;
  /** When a document came, by `Date.now()`; while one loads, never. */
  let loaded = Number.POSITIVE_INFINITY;
  let wasOffline = false;
  /** The document in the frame is ours and runs. */
  let alive = false;
  /** The frame was told of no visitor, and will make one. */
  let isNew = false;
  /** The token that this page wrote last. Each session has a token of its own. */
  let kept: string | undefined;
  let endTurn: (() => void) | undefined;

  /** All that the frame may want to know, for it to take what the type is about. */
  function say(type: ToFrame['type'], more?: Introduction): void {
    const page = { url: location.href, title: title.own(), referrer: document.referrer };
    tell?.({ type, open: isOpen(), visitorToken: keep.read(), accent, page, ...more });
  }

  function paint(message?: ToPage): void {
    badge.textContent = isOpen() || unread < 1 ? '' : unread > 9 ? '9+' : `${unread}`;
    if (label) button.ariaLabel = label;
    title.count(badge.textContent);
    // The rest of how a closed panel tells of answers.
    if (unread) void load?.();
    core.changed(tell && frame, unread, message);
  }

  function keepToken(token: string): void {
    const other = isNew && keep.read();
    kept = token;
    if (!other) keep.write(token);
    // Without locks and with a slow storage another tab may have written too. Whoever is kept is the visitor.
    if (isNew) setTimeout(() => keep.read() !== kept && reload(), other ? 0 : SETTLED_MS);
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

  /** On phones the panel follows the part of the page that the on-screen keyboard leaves free. */
  function follow(): void {
    // A page may have a variable of that name.
    if (!visualViewport?.height) return;
    // Lengths in here count in the page's own zoom.
    const { currentCSSZoom: zoom = 1 }: { currentCSSZoom?: number } = host;
    host.style.setProperty('--foyer-top', `${visualViewport.offsetTop / zoom}px`);
    host.style.setProperty('--foyer-height', `${visualViewport.height / zoom}px`);
  }

  async function connect(): Promise<void> {
    loaded = Date.now();
    wasOffline = !navigator.onLine;
    alive = false;
    tell = undefined;
    const introduce = await (queue[0] || options.cookieDomain ? load?.() : undefined);
    endTurn?.();
    // A signed identity is one person anyway.
    isNew = !keep.read() && !introduce?.().identity;
    if (isNew) endTurn = await takeTurn(`foyer:${key}`);
    const more = introduce?.();
    isNew &&= !keep.read() && !more?.visitorToken;
    tell = connectFrame(frame, origin, quietly(receive));
    say('init', more);
    say('shown');
    setTimeout(() => {
      if (alive || !navigator.onLine) return;
      tellError(`The chat did not load. Is ${pageOrigin()} among the allowed websites?`);
    }, PATIENCE_MS);
  }

  /** Loads the frame's document again, if what came is not ours. */
  function revive(): void {
    if (!alive && (wasOffline || Date.now() - loaded > SLOW_MS)) reload();
  }

  function reload(): void {
    loaded = Number.POSITIVE_INFINITY;
    wasOffline = false;
    button.toggleAttribute('ready', false);
    // Going where one is loads it again.
    frame.setAttribute('src', frame.src);
  }

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets.push(sheet);
  button.append(badge);
  for (const type of ['resize', 'scroll'])
    visualViewport?.addEventListener?.(type, quietly(follow));
  follow();
  // Where the page goes from here, the commands' script tells.
  if (load && !onNavigation(load)) load();
  if (!key)
    tellError('There is no key: data-key="wk_…" on the script, or ?key=wk_… in its address.');

  return {
    connect: () => connect().catch(tellError),
    turned() {
      paint();
      say('shown');
    },
    revive,
    title: title.own,
    end: () => title.count(''),
  };
}

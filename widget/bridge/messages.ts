/**
 * What the page (the loader) and the frame say to each other over one MessagePort. Only the port's
 * handing over goes through `window.postMessage`, with exact origins on both sides; it carries
 * nothing else.
 */

/** Where the visitor is. */
export type PageInfo = { url: string; title: string; referrer: string };

/** What the page has said of its visitor before the widget was opened. */
export type Introduction = {
  /** A token in which the site's server vouches for the visitor. */
  identity?: string | undefined;
  /** In place of what the page's storage has. */
  visitorToken?: string | null;
};

/** From the page to the frame. */
export type ToFrame = Introduction & {
  /** `init`: the first message. `shown`: the panel became visible, or was hidden. */
  type: 'init' | 'shown';
  open: boolean;
  visitorToken: string | null;
  /** The embed's own colour; it goes before the organization's. */
  accent?: string | undefined;
  page: PageInfo;
};

/** From the frame to the page. */
export type ToPage =
  /** The frame runs, and its session is open or has failed: the next tab may open one. */
  | { type: 'begun' }
  /** To be kept in the page's first-party storage, since a frame's own may be wiped or denied. */
  | { type: 'token'; visitorToken: string }
  /** `label` is what the launcher is called now, in the visitor's language. */
  | { type: 'unread'; count: number; label: string }
  /** The closed panel shows a preview of a message beside the launcher, or no longer does. */
  | { type: 'peek'; on: boolean }
  | { type: 'open' }
  | { type: 'accent'; accent: string }
  | { type: 'close' };

/** The message that hands the port over, and the one for the page's commands (commands.ts). */
export const CONNECT = 'foyer:1';
export const COMMANDS = 'foyer:api';

type Fields = Record<string, unknown>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

const isText = (value: unknown) => typeof value === 'string';
const isTextOrNone = (value: unknown) => value == null || isText(value);
const isPage = (value: unknown) =>
  isObject(value) && [value.url, value.title, value.referrer].every(isText);

/** Colours that both sides take: `#rrggbb`. */
export const ACCENT = /^#[\da-f]{6}$/i;
export const isAccent = (value: unknown): value is string =>
  isText(value) && ACCENT.test(`${value}`);

export function isToFrame(value: unknown): value is ToFrame {
  return (
    isObject(value) &&
    (value.type === 'init' || value.type === 'shown') &&
    typeof value.open === 'boolean' &&
    isPage(value.page) &&
    [value.visitorToken, value.accent, value.identity].every(isTextOrNone)
  );
}

export function isToPage(value: unknown): value is ToPage {
  if (!isObject(value)) return false;
  const { type, visitorToken, count, label, on, accent } = value;
  return (
    type === 'close' ||
    type === 'open' ||
    type === 'begun' ||
    (type === 'token' && isText(visitorToken)) ||
    (type === 'unread' && typeof count === 'number' && isText(label)) ||
    (type === 'peek' && typeof on === 'boolean') ||
    (type === 'accent' && isAccent(accent))
  );
}

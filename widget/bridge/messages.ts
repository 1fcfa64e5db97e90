/**
 * Messages between the page (the loader) and the frame, over one MessagePort. `window.postMessage` is
 * used only to hand over the port, with exact origins on both sides.
 */

/** Where the visitor is. */
export type PageInfo = { url: string; title: string; referrer: string };

/** What the page said about its visitor before the widget was opened. */
export type Introduction = {
  /** The identity token from the site's server. */
  identity?: string | undefined;
  /** Replaces the token in the page's storage. */
  visitorToken?: string | null;
};

/** From the page to the frame. */
export type ToFrame = Introduction & {
  /** `init`: the first message. `shown`: the panel became visible, or was hidden. */
  type: 'init' | 'shown';
  open: boolean;
  visitorToken: string | null;
  /** The embed's colour; it has priority over the organization's. */
  accent?: string | undefined;
  page: PageInfo;
};

/** From the frame to the page. */
export type ToPage =
  /** The frame runs, and its session is open or has failed: the next tab may open one. */
  | { type: 'begun' }
  /** The page stores the token first-party, since a frame's storage may be deleted or denied. */
  | { type: 'token'; visitorToken: string }
  /** `label` is the launcher's accessible name in the visitor's language. */
  | { type: 'unread'; count: number; label: string }
  /** The closed panel shows a preview of a message beside the launcher, or no longer does. */
  | { type: 'peek'; on: boolean }
  | { type: 'open' }
  | { type: 'accent'; accent: string }
  | { type: 'close' };

/** The message that hands over the page's port, and the one for its commands' port (commands.ts). */
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

/** The only form of colours that both sides accept: `#rrggbb`. */
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

/**
 * What the page (the loader) and the frame say to each other over one MessagePort. Only the port's
 * handing over goes through `window.postMessage`, with exact origins on both sides; it carries
 * nothing else.
 */

/** Where the visitor is. */
export type PageInfo = { url: string; title: string; referrer: string };

/** From the page to the frame. */
export type ToFrame =
  /** First message. `accent` is the embed's own colour; it goes before the organization's. */
  | { type: 'init'; visitorToken: string | null; accent: string | null; page: PageInfo }
  /** The panel became visible, or was hidden. */
  | { type: 'shown'; open: boolean; page: PageInfo };

/** From the frame to the page. */
export type ToPage =
  /** To be kept in the page's first-party storage, since a frame's own may be wiped or denied. */
  | { type: 'token'; visitorToken: string }
  /** `label` is what the launcher is called now, in the visitor's language. */
  | { type: 'unread'; count: number; label: string }
  /** The closed panel shows a preview of a message beside the launcher, or no longer does. */
  | { type: 'peek'; on: boolean }
  | { type: 'open' }
  | { type: 'accent'; accent: string }
  | { type: 'close' };

/** The message that hands the port over. */
export const CONNECT = 'foyer:1';

type Fields = Record<string, unknown>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

const isText = (value: unknown) => typeof value === 'string';
const isTextOrNull = (value: unknown) => value === null || isText(value);
const isPage = (value: unknown) =>
  isObject(value) && isText(value.url) && isText(value.title) && isText(value.referrer);

/** Colours that both sides take: `#rrggbb`. */
export const isAccent = (value: unknown): value is string =>
  isText(value) && /^#[\da-f]{6}$/i.test(`${value}`);

export function isToFrame(value: unknown): value is ToFrame {
  if (!isObject(value) || !isPage(value.page)) return false;
  return value.type === 'init'
    ? isTextOrNull(value.visitorToken) && isTextOrNull(value.accent)
    : value.type === 'shown' && typeof value.open === 'boolean';
}

export function isToPage(value: unknown): value is ToPage {
  if (!isObject(value)) return false;
  switch (value.type) {
    case 'token':
      return isText(value.visitorToken);
    case 'unread':
      return typeof value.count === 'number' && isText(value.label);
    case 'peek':
      return typeof value.on === 'boolean';
    case 'accent':
      return isAccent(value.accent);
    default:
      return value.type === 'close' || value.type === 'open';
  }
}

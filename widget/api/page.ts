import type { PageInfo } from '../bridge/messages.ts';
import { onNavigation } from '../bridge/navigation.ts';

/**
 * Tells where the page is now, and wherever it goes within its document: single-page apps have
 * routes and no loads. Where the browser has no Navigation API, the two functions of `history` that
 * tell nobody of themselves are wrapped, with care: what they do and return stays theirs.
 */
export function followPage(ownTitle: () => string, tell: (page: PageInfo) => void): void {
  let told = '';
  const look = () => {
    const { referrer } = document;
    const title = ownTitle();
    if (told === `${location.href}\n${title}`) return;
    told = `${location.href}\n${title}`;
    tell({ url: location.href, title, referrer });
  };
  // An app gives its title a moment after its address.
  const soon = () => setTimeout(look, 100);
  if (!onNavigation(soon)) {
    addEventListener('popstate', soon);
    addEventListener('hashchange', soon);
    for (const name of ['pushState', 'replaceState'] as const) {
      const own = history[name];
      try {
        history[name] = function wrapped(...args) {
          own.apply(this, args);
          soon();
        };
      } catch {
        // The page has frozen it; what comes by itself is told.
      }
    }
  }
  look();
}

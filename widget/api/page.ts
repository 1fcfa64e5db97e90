import type { PageInfo } from '../bridge/messages.ts';
import { onNavigation } from '../bridge/navigation.ts';

/**
 * Reports the page's address now and after each navigation within the document, as in single-page
 * apps. Where the browser has no Navigation API, `pushState` and `replaceState` are wrapped: they fire
 * no event. The originals are called unchanged.
 */
export function followPage(ownTitle: () => string, tell: (page: PageInfo) => void): void {
  let reported = '';
  const report = () => {
    const { referrer } = document;
    const title = ownTitle();
    if (reported === `${location.href}\n${title}`) return;
    reported = `${location.href}\n${title}`;
    tell({ url: location.href, title, referrer });
  };
  // Apps set the title shortly after the address.
  const reportSoon = () => setTimeout(report, 100);
  if (!onNavigation(reportSoon)) {
    addEventListener('popstate', reportSoon);
    addEventListener('hashchange', reportSoon);
    for (const name of ['pushState', 'replaceState'] as const) {
      const original = history[name];
      try {
        history[name] = function wrapped(...args) {
          original.apply(this, args);
          reportSoon();
        };
      } catch {
        // The page has frozen `history`; navigations with an event are still reported.
      }
    }
  }
  report();
}

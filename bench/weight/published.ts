/** What others have published of widgets that cannot be installed and measured here. */

type Published = { what: string; figure: string; date: string; source: string };

/** Milliseconds of script on the main thread of a page, over all pages that have the widget. */
const onPages = (widget: string, milliseconds: number): Published => ({
  what: `${widget}, script on the main thread`,
  figure: `${milliseconds} ms`,
  date: 'March 2026',
  // From the HTTP Archive, which visits with Lighthouse's phone: a CPU 4 times slower, too.
  source: 'https://github.com/patrickhulce/third-party-web (commit 548c5ce)',
});

export const published: readonly Published[] = [
  onPages('Zendesk', 2_157),
  onPages('Intercom', 1_433),
  onPages('LiveChat', 1_116),
  onPages('Tawk.to', 440),
  onPages('Crisp', 33),
  {
    what: 'Crisp, compressed',
    figure: '90 KB scripts, 35 KB styles, 10 KB fonts',
    date: 'undated',
    source:
      'https://help.crisp.chat/en/article/how-is-crisp-optimised-to-not-slow-down-your-websites-loading-1wfqufw/',
  },
  {
    what: 'Intercom, gzipped scripts, before a cut by 65 %',
    figure: 'almost 600 KB',
    date: '2019',
    source: 'https://www.intercom.com/blog/reducing-intercom-messenger-bundle-size/',
  },
];

/** Milliseconds after which a page that changed its title gets our count again. */
const SOON_MS = 200;

/**
 * Puts the number of unread messages before the page's title. Removes only our own count: a page may
 * have one itself, such as "(2) Inbox".
 */
export function createTitle() {
  /** Our count before the title: `(2) `, or empty. */
  let mark = '';
  /** The page's own title when the mark was added. */
  let ownTitle = '';

  /** Both, without spaces at the ends, as `document.title` returns it. */
  const fullTitle = () => (mark + ownTitle).trim();

  /** The page's own title, also if the page has changed it since. */
  function own(): string {
    const { title } = document;
    if (!mark) return title;
    if (title === fullTitle()) return ownTitle;
    // A title that the page built from the current one still has our count.
    const prefix = ownTitle.startsWith(mark) ? mark + mark : mark;
    return title.startsWith(prefix) ? title.slice(mark.length) : title;
  }

  let nextMark = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  function paint(): void {
    clearTimeout(timer);
    timer = undefined;
    ownTitle = own();
    mark = nextMark;
    if (document.title !== fullTitle()) document.title = fullTitle();
  }

  // Adds our count again when the page changes its title, but not each time: a page may insist.
  const observer = new MutationObserver(() => {
    if (document.title !== fullTitle()) timer ??= setTimeout(paint, SOON_MS);
  });

  return {
    own,
    /** @param count what the launcher's badge says, `9+` included; empty for nothing */
    count(count: string): void {
      nextMark = count && `(${count}) `;
      if (nextMark || mark) paint();
      observer.disconnect();
      clearTimeout(timer);
      timer = undefined;
      if (nextMark && document.head) {
        observer.observe(document.head, { childList: true, subtree: true, characterData: true });
      }
    },
  };
}

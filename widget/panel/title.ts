/** Milliseconds until a page that names itself anew gets our count again. */
const SOON_MS = 200;

/**
 * The page's title says how many messages wait, before what the page itself calls it. Only a count
 * of ours is ever taken away: a page may have one of its own, as "(2) Inbox".
 */
export function createTitle() {
  /** Ours, as it stands before the title now: `(2) `, or nothing. */
  let mark = '';
  /** The page's own title when the mark was put before it. */
  let known = '';

  /** As a document gives its title back: without spaces at its ends. */
  const whole = () => (mark + known).trim();

  /** The page's own title, whatever the page has made of it since. */
  function own(): string {
    const { title } = document;
    if (!mark) return title;
    if (title === whole()) return known;
    // What the page made out of the title with our count still has both.
    const both = known.startsWith(mark) ? mark + mark : mark;
    return title.startsWith(both) ? title.slice(mark.length) : title;
  }

  let wanted = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  function paint(): void {
    clearTimeout(timer);
    timer = undefined;
    known = own();
    mark = wanted;
    if (document.title !== whole()) document.title = whole();
  }

  // A page that names itself anew keeps our count, as long as there is one. One that insists on its
  // own name is not fought at every turn.
  const observer = new MutationObserver(() => {
    if (document.title !== whole()) timer ??= setTimeout(paint, SOON_MS);
  });

  return {
    own,
    /** @param count what the launcher's badge says, `9+` included; empty for nothing */
    count(count: string): void {
      wanted = count && `(${count}) `;
      if (wanted || mark) paint();
      observer.disconnect();
      clearTimeout(timer);
      timer = undefined;
      if (wanted && document.head) {
        observer.observe(document.head, { childList: true, subtree: true, characterData: true });
      }
    },
  };
}

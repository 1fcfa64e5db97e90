/**
 * The page's title says how many messages wait, before what the page itself calls it. Only a count
 * of ours is ever taken away: a page may have one of its own, as "(2) Inbox".
 */
export function createTitle() {
  /** Ours, as it stands before the title now: `(2) `, or nothing. */
  let mark = '';
  /** The page's own title when the mark was put before it. */
  let known = '';

  /** The page's own title, whatever the page has made of it since. */
  function own(): string {
    const { title } = document;
    if (!mark) return title;
    if (title === mark + known) return known;
    // What the page made out of the title with our count still has both.
    const both = known.startsWith(mark) ? mark + mark : mark;
    return title.startsWith(both) ? title.slice(mark.length) : title;
  }

  function paint(): void {
    known = own();
    mark = wanted;
    // Writing the same again would be a change for whoever watches.
    if (document.title !== mark + known) document.title = mark + known;
  }

  let wanted = '';
  // A page that names itself anew keeps our count, as long as there is one.
  const observer = new MutationObserver(() => {
    if (document.title !== mark + known) paint();
  });

  return {
    own,
    /** @param count what the launcher's badge says, `9+` included; empty for nothing */
    count(count: string): void {
      wanted = count && `(${count}) `;
      if (wanted || mark) paint();
      observer.disconnect();
      if (wanted) {
        observer.observe(document.head, { childList: true, subtree: true, characterData: true });
      }
    },
  };
}

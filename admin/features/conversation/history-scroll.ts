import { createSignal, onCleanup, onMount } from 'solid-js';

/** Pixels from the end within which a reader counts as being at it. */
const AT_END = 48;
/** Pixels from the start at which earlier messages are fetched. */
const NEAR_START = 500;

type Elements = { scroller: HTMLElement | undefined; content: HTMLElement | undefined };

/**
 * Where the reader of a history is: at its end, which is followed as it grows, or somewhere above,
 * where nothing moves whatever comes in on either side.
 */
export function createHistoryScroll(elements: () => Elements, onNearStart: () => void) {
  const [atEnd, setAtEnd] = createSignal(true);
  /** Changed by the reader's scrolling only: growth must not unpin. */
  let pinned = true;
  /** The heights when the layout was last at rest; a scroll with others is the layout's own. */
  let seen = { content: 0, view: 0 };

  const distance = (scroller: HTMLElement) =>
    scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;

  function toEnd(): void {
    const { scroller } = elements();
    pinned = true;
    setAtEnd(true);
    if (scroller) scroller.scrollTop = scroller.scrollHeight;
  }

  function onScroll(): void {
    const { scroller } = elements();
    if (!scroller) return;
    const there = distance(scroller) <= AT_END;
    const atRest = scroller.scrollHeight === seen.content && scroller.clientHeight === seen.view;
    if (there || atRest) pinned = there;
    setAtEnd(pinned);
    if (scroller.scrollTop < NEAR_START) onNearStart();
  }

  /** Runs a change that may put something above what is read, which then stays where it was. */
  function keepPlace(change: () => void, growsAbove: () => boolean): void {
    const { scroller } = elements();
    const above = growsAbove();
    const fromEnd = scroller ? scroller.scrollHeight - scroller.scrollTop : 0;
    change();
    if (!scroller) return;
    if (pinned) scroller.scrollTop = scroller.scrollHeight;
    else if (above) scroller.scrollTop = scroller.scrollHeight - fromEnd;
  }

  onMount(() => {
    const { scroller, content } = elements();
    if (!scroller || !content) return;
    const observer = new ResizeObserver(() => {
      seen = { content: scroller.scrollHeight, view: scroller.clientHeight };
      if (pinned) scroller.scrollTop = scroller.scrollHeight;
      // A history shorter than the pane is never scrolled.
      else if (scroller.scrollTop < NEAR_START) onNearStart();
    });
    observer.observe(content);
    observer.observe(scroller);
    toEnd();
    onCleanup(() => observer.disconnect());
  });

  return { atEnd, toEnd, onScroll, keepPlace };
}

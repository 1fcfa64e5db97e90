import { createSignal, onCleanup, onMount } from 'solid-js';
import { lastUpTo, readingPlace, rowsIn } from './history-rows.ts';

/** Pixels from the end within which a reader counts as being at it. */
const AT_END = 48;
/** Pixels from the start at which earlier messages are fetched. */
const NEAR_START = 500;

type Elements = { scroller: HTMLElement | undefined; content: HTMLElement | undefined };

/**
 * What stays where it is while the history changes its height: its end; the message that somebody
 * asked for; or whatever the reader has scrolled to.
 */
type Anchor = 'end' | 'message' | 'place';

/** Keeps the reader of a history where they are, whatever is added or grows on either side. */
export function createHistoryScroll(elements: () => Elements, onNearStart: () => void) {
  const [atEnd, setAtEnd] = createSignal(true);
  // Told of again when the same message is asked for again.
  const [heldSeq, setHeldSeq] = createSignal<number | null>(null, { equals: false });
  let anchor: Anchor = 'end';
  /** The row that is read and its pixels from the top of the view, while the place is kept. */
  let place: { seq: number; offset: number } | null = null;
  /** The heights when the layout was last at rest; a scroll with others is the layout's own. */
  let lastHeights = { content: 0, view: 0 };
  /** Where the view was put, or last seen. */
  let lastTop = 0;

  const distance = (scroller: HTMLElement) =>
    scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;

  const rows = () => rowsIn(elements().content);

  function scrollTo(scroller: HTMLElement, top: number): void {
    scroller.scrollTop = top;
    lastTop = scroller.scrollTop;
  }

  /** Puts what is kept back to where it was. */
  function restore(): void {
    const { scroller } = elements();
    if (!scroller) return;
    const { top } = scroller.getBoundingClientRect();
    if (anchor === 'end') {
      scrollTo(scroller, scroller.scrollHeight);
    } else if (anchor === 'message') {
      const row = lastUpTo(rows(), heldSeq() ?? 0);
      if (!row) return;
      const box = row.element.getBoundingClientRect();
      // In the middle; of one that is higher than the view its beginning.
      const room = Math.max(0, (scroller.clientHeight - box.height) / 2);
      scrollTo(scroller, scroller.scrollTop + box.top - top - room);
      setAtEnd(distance(scroller) <= AT_END);
    } else if (place) {
      const { seq, offset } = place;
      const row = lastUpTo(rows(), seq);
      if (row?.seq !== seq) return;
      scrollTo(
        scroller,
        scroller.scrollTop + row.element.getBoundingClientRect().top - top - offset,
      );
    }
  }

  function letGo(): void {
    if (heldSeq() !== null) setHeldSeq(null);
  }

  function keepReading(scroller: HTMLElement): void {
    letGo();
    anchor = 'place';
    place = readingPlace(rows(), scroller.getBoundingClientRect().top);
  }

  function toEnd(): void {
    letGo();
    anchor = 'end';
    setAtEnd(true);
    restore();
  }

  /** Shows a message, and keeps it in sight until the reader moves: rows above it may still grow. */
  function hold(seq: number): void {
    anchor = 'message';
    setHeldSeq(seq);
    setAtEnd(false);
    restore();
  }

  function onScroll(): void {
    const { scroller } = elements();
    // One that is not shown has no place.
    if (!scroller || scroller.clientHeight === 0) return;
    const top = scroller.scrollTop;
    const isAtEnd = distance(scroller) <= AT_END;
    const atRest =
      scroller.scrollHeight === lastHeights.content && scroller.clientHeight === lastHeights.view;
    // Growth never takes the view towards the start.
    const byReader = anchor === 'end' ? atRest || top < lastTop - 1 : atRest && top !== lastTop;
    lastTop = top;
    if (anchor === 'message' && !byReader) {
      setAtEnd(isAtEnd);
    } else if (isAtEnd) {
      letGo();
      anchor = 'end';
      setAtEnd(true);
    } else if (byReader || anchor === 'place') {
      keepReading(scroller);
      setAtEnd(false);
    }
    if (top < NEAR_START) onNearStart();
  }

  /** The reader turns the wheel or moves a finger: what was held is let go at once. */
  function onReader(): void {
    const { scroller } = elements();
    if (scroller && anchor === 'message') keepReading(scroller);
  }

  /** Runs a change of what is shown, after which the reader is where they were. */
  function keepPlace(change: () => void): void {
    const { scroller } = elements();
    if (scroller && anchor === 'place') keepReading(scroller);
    change();
    restore();
  }

  onMount(() => {
    const { scroller, content } = elements();
    if (!scroller || !content) return;
    const observer = new ResizeObserver(() => {
      lastHeights = { content: scroller.scrollHeight, view: scroller.clientHeight };
      restore();
      // A history shorter than the pane is never scrolled.
      if (anchor !== 'end' && scroller.scrollTop < NEAR_START) onNearStart();
    });
    observer.observe(content);
    observer.observe(scroller);
    restore();
    onCleanup(() => observer.disconnect());
  });

  return { atEnd, heldSeq, toEnd, hold, onScroll, onReader, keepPlace };
}

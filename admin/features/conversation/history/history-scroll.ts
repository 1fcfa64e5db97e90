import { createSignal, onCleanup, onMount } from 'solid-js';
import { lastUpTo, readingPlace, rowsIn } from './history-rows.ts';

/** A reader within so many pixels of the end counts as being at the end. */
const AT_END = 48;
/** Earlier messages are fetched within so many pixels of the start. */
const NEAR_START = 500;

type Elements = { scroller: HTMLElement | undefined; content: HTMLElement | undefined };

/**
 * What keeps its place on the screen when the history's height changes: the end, a message that was
 * opened, or the place the reader scrolled to.
 */
type Anchor = 'end' | 'message' | 'place';

/** Keeps the reader's place in the history when content above or below changes. */
export function createHistoryScroll(elements: () => Elements, onNearStart: () => void) {
  const [atEnd, setAtEnd] = createSignal(true);
  // `equals: false`, so that asking for the same message again has an effect.
  const [heldSeq, setHeldSeq] = createSignal<number | null>(null, { equals: false });
  let anchor: Anchor = 'end';
  /**
   * While the anchor is the place: the row that is read, and its pixels from the top of the view.
   */
  let place: { seq: number; offset: number } | null = null;
  /**
   * The heights after the last layout. A scroll event with other heights was caused by the layout.
   */
  let lastHeights = { content: 0, view: 0 };
  /** The last known scroll position. */
  let lastTop = 0;

  const distance = (scroller: HTMLElement) =>
    scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;

  const rows = () => rowsIn(elements().content);

  function scrollTo(scroller: HTMLElement, top: number): void {
    scroller.scrollTop = top;
    lastTop = scroller.scrollTop;
  }

  /** Restores the anchor's position. */
  function restore(): void {
    const { scroller } = elements();
    if (!scroller) return;
    if (anchor === 'end') {
      scrollTo(scroller, scroller.scrollHeight);
      return;
    }
    const { top } = scroller.getBoundingClientRect();
    if (anchor === 'message') {
      const row = lastUpTo(rows(), heldSeq() ?? 0);
      if (!row) return;
      const box = row.element.getBoundingClientRect();
      // Centred, or from its top if it is higher than the view.
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

  /**
   * Shows a message and keeps it visible until the reader scrolls, since rows above can still grow.
   */
  function hold(seq: number): void {
    anchor = 'message';
    setHeldSeq(seq);
    setAtEnd(false);
    restore();
  }

  function onScroll(): void {
    const { scroller } = elements();
    // A hidden history has no position.
    if (!scroller || scroller.clientHeight === 0) return;
    const top = scroller.scrollTop;
    const isAtEnd = distance(scroller) <= AT_END;
    const atRest =
      scroller.scrollHeight === lastHeights.content && scroller.clientHeight === lastHeights.view;
    // Growing content never moves the view towards the start.
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

  /** The reader uses the wheel or touches: releases the held message at once. */
  function onReader(): void {
    const { scroller } = elements();
    if (scroller && anchor === 'message') keepReading(scroller);
  }

  /** Runs a change of the content and restores the reader's place. */
  function keepPlace(change: () => void): void {
    const { scroller } = elements();
    if (scroller && anchor === 'place') keepReading(scroller);
    change();
    // At the end the observer below restores it, after the one layout before the next frame.
    if (anchor !== 'end') restore();
  }

  onMount(() => {
    const { scroller, content } = elements();
    if (!scroller || !content) return;
    const observer = new ResizeObserver(() => {
      lastHeights = { content: scroller.scrollHeight, view: scroller.clientHeight };
      restore();
      // A history shorter than the pane never fires scroll events.
      if (anchor !== 'end' && scroller.scrollTop < NEAR_START) onNearStart();
    });
    // It is called first before the first frame.
    observer.observe(content);
    observer.observe(scroller);
    onCleanup(() => observer.disconnect());
  });

  return { atEnd, heldSeq, toEnd, hold, onScroll, onReader, keepPlace };
}

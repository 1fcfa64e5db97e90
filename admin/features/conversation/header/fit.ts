import { createSignal, onCleanup } from 'solid-js';

/** A part of a row, with its width in pixels. */
type Part<Id> = { id: Id; width: number };

/**
 * The parts that fit into a row beside each other. A part that does not fit takes those after it
 * along, so that what is shown follows the order.
 *
 * @param room in pixels
 * @param parts the most important first
 * @param gap the pixels between two parts
 */
export function fitting<Id>(room: number, parts: readonly Part<Id>[], gap: number): Set<Id> {
  const fits = new Set<Id>();
  let left = room;
  for (const { id, width } of parts) {
    left -= width + gap;
    if (left < 0) break;
    fits.add(id);
  }
  return fits;
}

/**
 * Follows which parts of a row fit. Those that do not must keep their size while they are hidden, so
 * that they can come back.
 *
 * @param order the ids of all parts, the most important first
 * @param minimum the pixels that the flexible element of the row keeps
 */
export function createFit<Id extends string>(order: readonly Id[], minimum: number, gap: number) {
  const [fits, setFits] = createSignal<ReadonlySet<Id>>(new Set(order));
  const parts = new Map<Id, HTMLElement>();
  let row: HTMLElement | undefined;
  let flexible: HTMLElement | undefined;

  function measure(): void {
    if (!row || !flexible) return;
    const style = getComputedStyle(row);
    let room = row.clientWidth - minimum - Number.parseFloat(style.paddingInlineStart);
    room -= Number.parseFloat(style.paddingInlineEnd);
    for (const element of row.children) {
      if (element instanceof HTMLElement && element !== flexible && !('parts' in element.dataset)) {
        room -= element.offsetWidth + gap;
      }
    }
    const present = order.flatMap((id) => {
      const element = parts.get(id);
      return element ? { id, width: element.offsetWidth } : [];
    });
    const next = fitting(room, present, gap);
    const before = fits();
    if (present.some(({ id }) => next.has(id) !== before.has(id))) setFits(next);
  }

  const observer = new ResizeObserver(measure);
  onCleanup(() => observer.disconnect());

  return {
    fits: (id: Id) => fits().has(id),
    row(element: HTMLElement): void {
      row = element;
      observer.observe(element);
    },
    /** The element that shrinks; its size changes whenever anything beside it does. */
    flexible(element: HTMLElement): void {
      flexible = element;
      observer.observe(element);
    },
    part:
      (id: Id) =>
      (element: HTMLElement): void => {
        parts.set(id, element);
        observer.observe(element);
        onCleanup(() => {
          if (parts.get(id) === element) parts.delete(id);
          observer.unobserve(element);
        });
      },
  };
}

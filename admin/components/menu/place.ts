/** Pixels between a menu and its button, and the edge of the window. */
const GAP = 4;
const MARGIN = 8;

/** Puts a menu below its button, or above it where it does not fit below. */
export function place(menu: HTMLElement, trigger: HTMLElement): void {
  const button = trigger.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const isRightToLeft = getComputedStyle(trigger).direction === 'rtl';
  const start = isRightToLeft ? button.right - width : button.left;
  const left = Math.max(MARGIN, Math.min(start, innerWidth - width - MARGIN));
  const fitsBelow = button.bottom + GAP + height + MARGIN <= innerHeight;
  const wanted = fitsBelow ? button.bottom + GAP : button.top - GAP - height;
  const top = Math.max(MARGIN, Math.min(wanted, innerHeight - height - MARGIN));
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
}

/** Keys while an input method composes a character, the one rule for both apps. */

/** What of a press says whether an input method has it. */
export type Press = Pick<KeyboardEvent, 'isComposing' | 'keyCode'>;

type Key = Pick<KeyboardEvent, 'key'>;

/**
 * Whether a press belongs to the input method. Safari ends a composition before it reports the key
 * that ended it: that key has `isComposing` false and the code 229
 * (https://w3c.github.io/uievents/#determine-keydown-keyup-keyCode).
 */
export const isComposition = (press: Press) => press.isComposing || press.keyCode === 229;

/**
 * Keeps such presses from every other handler of the page, and from what the browser does with
 * Enter and Escape outside of a text: submit a form, close a dialog. Call it once, with the window,
 * before anything else listens.
 */
export function guardComposition(page: {
  addEventListener(
    type: 'keydown',
    guard: (event: Event & Press & Key) => void,
    capture: true,
  ): void;
}): void {
  const guard = (event: Event & Press & Key) => {
    if (!isComposition(event)) return;
    event.stopImmediatePropagation();
    if (event.key === 'Enter' || event.key === 'Escape') event.preventDefault();
  };
  page.addEventListener('keydown', guard, true);
}

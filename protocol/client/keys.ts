/** Keys while an input method composes a character, the one rule for both apps. */

/** What of a press says whether an input method has it. */
export type Press = Pick<KeyboardEvent, 'isComposing' | 'keyCode'>;

/**
 * Whether a press belongs to the input method. Safari ends a composition before it reports the key
 * that ended it: that key has `isComposing` false and the code 229
 * (https://w3c.github.io/uievents/#determine-keydown-keyup-keyCode).
 */
export function isComposition({ isComposing, keyCode }: Press): boolean {
  return isComposing || keyCode === 229;
}

/**
 * Keeps such presses from every other handler of the page, and from what the browser does with
 * Enter and Escape outside of a text: submit a form, close a dialog. Call it once, with the window,
 * before anything else listens.
 */
export function guardComposition(page: Pick<EventTarget, 'addEventListener'>): void {
  const guard = (event: Event & Partial<Press & Pick<KeyboardEvent, 'key'>>) => {
    const { isComposing = false, keyCode = 0, key } = event;
    if (!isComposition({ isComposing, keyCode })) return;
    event.stopImmediatePropagation();
    if (key === 'Enter' || key === 'Escape') event.preventDefault();
  };
  page.addEventListener('keydown', guard, true);
}

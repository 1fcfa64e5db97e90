/**
 * Importing this keeps what is typed into any field with `data-max` to that many code points, as
 * `lengthOf` in text.ts counts them. The browser's own `maxlength` counts UTF-16 units: of 200
 * characters it would take 100 emoji.
 */

type TextField = HTMLInputElement | HTMLTextAreaElement;

// Before the page's own listeners, which read the value. While a word is composed, the input method
// has the text.
addEventListener(
  'input',
  (event) => {
    if ('isComposing' in event && event.isComposing) return;
    const [field, fitting] = tooLong(event) ?? [];
    if (!field || fitting === undefined) return;
    const { selectionStart } = field;
    field.value = fitting;
    field.setSelectionRange(selectionStart, selectionStart);
  },
  true,
);

addEventListener('compositionend', (event) => {
  tooLong(event)?.[0].dispatchEvent(new Event('input', { bubbles: true }));
});

/** The field, and as much of its text as fits; null where all of it does. */
function tooLong({ target }: Event): [TextField, fitting: string] | null {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return null;
  const max = Number(target.dataset.max);
  const characters = [...target.value];
  return characters.length > max ? [target, characters.slice(0, max).join('')] : null;
}

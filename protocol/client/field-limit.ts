import { lengthOf } from '../text.ts';

/**
 * Importing this keeps what is typed into any field with `data-max` to that many code points. The
 * browser's own `maxlength` counts UTF-16 units: of 200 characters it would take 100 emoji.
 */

// Before the page's own listeners, which read the value. While a word is composed, the input method
// has the text.
addEventListener(
  'input',
  (event) => {
    const field = tooLong(event);
    if (!field || ('isComposing' in event && event.isComposing)) return;
    const { selectionStart } = field;
    field.value = [...field.value].slice(0, Number(field.dataset.max)).join('');
    field.setSelectionRange(selectionStart, selectionStart);
  },
  true,
);

addEventListener('compositionend', (event) => {
  tooLong(event)?.dispatchEvent(new Event('input', { bubbles: true }));
});

function tooLong({ target }: Event): HTMLInputElement | HTMLTextAreaElement | null {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return null;
  return lengthOf(target.value) > Number(target.dataset.max) ? target : null;
}

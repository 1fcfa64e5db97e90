/**
 * Puts a text in the place of a part of a field, as if it had been typed: the browser's undo takes
 * it back, and the field tells of it with an `input` event.
 */
export function insertText(
  field: HTMLTextAreaElement,
  { from, to, text, select }: { from: number; to: number; text: string; select: [number, number] },
): void {
  field.focus();
  field.setSelectionRange(from, to);
  // Deprecated, and still the one way that undo knows of.
  const done = document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
  if (!done) {
    field.setRangeText(text, from, to, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
  field.setSelectionRange(...select);
}

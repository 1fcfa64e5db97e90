/**
 * Replaces a range of a field with a text as if it had been typed: the browser's undo reverts it,
 * and the field fires an `input` event.
 */
export function insertText(
  field: HTMLTextAreaElement,
  { from, to, text, select }: { from: number; to: number; text: string; select: [number, number] },
): void {
  field.focus();
  field.setSelectionRange(from, to);
  // Deprecated, but still the only way that supports undo.
  const done = document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
  if (!done) {
    field.setRangeText(text, from, to, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
  field.setSelectionRange(...select);
}

/** Puts a text where the caret of a field is, as if it had been typed: undo takes it back. */
export function typeText(field: HTMLTextAreaElement, text: string): void {
  field.focus();
  // Deprecated, and still the one way that undo knows of.
  if (document.execCommand('insertText', false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

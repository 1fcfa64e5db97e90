/**
 * Paste and drop, for both apps. What the browser does well by itself is left to it, a text above all;
 * `brought` takes the rest, and `contentsOf` (transfer-contents.ts, which loads when needed) reads it.
 */

/** What was chosen, dropped, or on a clipboard, kept for after the event, when it is gone. */
export type Brought = {
  files: readonly File[];
  /** Names of those that are folders. */
  folders?: readonly string[];
  text?: string;
  html?: string;
};

/**
 * What a `paste`, `drop` or `dragover` brings that the browser would lose, or would show in place of
 * the page; then the event's default is prevented. Null for what the browser does well: a text into a
 * field, also where a picture of it is beside it, as with the cells of a spreadsheet.
 *
 * @param field where texts go; a paste into another field is left to the browser
 */
export function brought(event: Event, field: Element | undefined): Brought | null {
  const { target, clipboardData, dataTransfer } = event as Partial<ClipboardEvent & DragEvent>;
  const data = clipboardData ?? dataTransfer;
  if (!data) return null;
  const isField = (target as Partial<Element>).matches?.('textarea,input');
  const files = [...data.files];
  const text = data.getData('text/plain');
  const html = data.getData('text/html');
  if (
    clipboardData
      ? (isField && target !== field) ||
        // A file that was copied has its name as text, and no HTML. What an editor has copied has
        // HTML, though it may speak of the picture by its name.
        (text.trim() ? html || !files.some(({ name }) => text.includes(name)) : !files[0] && !html)
      : isField && !data.types.includes('Files')
  ) {
    return null;
  }
  event.preventDefault();
  const folders = [...data.items].flatMap((item) => {
    const entry = item.webkitGetAsEntry?.();
    return entry?.isDirectory ? entry.name : [];
  });
  return { files, folders, text, html };
}

/** Characters of the last message in the lists. */
const PREVIEW_LENGTH = 140;

/** A message's text as the lists show it: one line, cut with an ellipsis. */
export function preview(body: string): string {
  const line = body.replace(/\s+/g, ' ').trim();
  if (line.length <= PREVIEW_LENGTH) return line;
  // Not through the middle of a surrogate pair.
  return `${Array.from(line.slice(0, PREVIEW_LENGTH + 1))
    .slice(0, -1)
    .join('')}…`;
}

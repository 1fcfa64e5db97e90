/**
 * Bytes of a text in UTF-8: what a quota of storage counts. Each message asks, so nothing is encoded for it;
 * half a surrogate pair counts as the character that takes its place, as in TextEncoder.
 */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    bytes += unit < 0x800 ? 1 : 2;
    const isPair = isBetween(unit, 0xd800, 0xdbff) && isLow(text.charCodeAt(index + 1));
    if (!isPair) continue;
    // Four bytes for both units.
    index += 1;
  }
  return bytes;
}

const isLow = (unit: number) => isBetween(unit, 0xdc00, 0xdfff);

function isBetween(unit: number, first: number, last: number): boolean {
  return unit >= first && unit <= last;
}

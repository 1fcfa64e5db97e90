const encoder = new TextEncoder();

/** Bytes of a text in UTF-8: what a quota of storage counts. */
export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}

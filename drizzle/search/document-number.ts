/**
 * A conversation's number in the index: the milliseconds of its id (UUID v7) and 11 of its last
 * random bits, 53 in all; the first ones count on where several are made in a millisecond. It orders
 * documents as conversations began. Were two of the same millisecond to have the same number, the
 * later one would not be found by its text: no more, since the document says whose it is.
 */
export function documentNumber(conversationId: string): number {
  const digits = conversationId.replaceAll('-', '');
  const milliseconds = Number.parseInt(digits.slice(0, 12), 16) % 2 ** 42;
  return milliseconds * 2 ** 11 + (Number.parseInt(digits.slice(-3), 16) >> 1);
}

/**
 * What is to be done about a row that a write did not hit (P7).
 *
 * - `newer`: somebody wrote a later state; this one is done.
 * - `same`: it has this state; what belongs beside the row is looked after, and costs nothing if right.
 * - `older`: all columns are written, since nobody knows which of them differ.
 * - `absent`: the whole row is written, and what it refers to.
 *
 * @param found the version of the row; null when there is none
 * @param version that of the state to be written
 */
export function decide(
  stored: number | null,
  version: number,
): 'newer' | 'same' | 'older' | 'absent' {
  if (stored === null) return 'absent';
  if (stored > version) return 'newer';
  return stored === version ? 'same' : 'older';
}

/** What a tab knows of a thing: the version of its state, and whether it was removed with it. */
type Known = { version: number; isRemoved: boolean };

/**
 * The one rule for whatever arrives, in any order, by frame or by answer: the newest version wins. The
 * same version may be taken again. What was removed comes back only with a newer version.
 */
export function replaces(known: Known | undefined, version: number): boolean {
  if (!known) return true;
  return known.isRemoved ? version > known.version : version >= known.version;
}

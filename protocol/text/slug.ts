/** Characters of a short name. */
export const MAX_SLUG_LENGTH = 60;

/**
 * A short name for URLs and the command line: `Café & Söhne` becomes `cafe-sohne`. Empty if no
 * character can be kept.
 */
export function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG_LENGTH)
    .replace(/^-+|-+$/g, '');
}

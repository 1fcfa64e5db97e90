/**
 * Where Cloudflare is asked to place an object
 * (developers.cloudflare.com/durable-objects/reference/data-location/#provide-a-location-hint).
 */
const LOCATIONS = [
  'wnam',
  'enam',
  'sam',
  'weur',
  'eeur',
  'apac',
  'apac-ne',
  'apac-se',
  'oc',
  'afr',
  'me',
] as const;

export type Location = (typeof LOCATIONS)[number];

/** The location that a text names, in any case; undefined where it names none. */
export function readLocation(text: string | undefined): Location | undefined {
  const name = text?.trim().toLowerCase();
  return LOCATIONS.find((location) => location === name);
}

/** `Berlin, Germany` from a city and a country's two-letter code. Null if neither is known. */
export function placeName(city: string | null, country: string | null): string | null {
  return [city, country && countryName(country)].filter(Boolean).join(', ') || null;
}

/** The English name of a country by its code: `Germany`. */
export function countryName(code: string): string {
  if (!/^[A-Za-z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames('en', { type: 'region' }).of(code.toUpperCase()) ?? code;
}

/**
 * Which of the frame's languages a visitor reads. The built page names the files of every language
 * (scripts/build/frame-languages.ts); the one that is served names those of one.
 */

const link = /\s*<link rel="modulepreload" hreflang="([\w-]+)"[^>]*>/g;

/** Languages that are written from right to left. */
const rightToLeft = ['ar', 'fa', 'he', 'ur'];

/**
 * The tags that somebody asks for, the best first: what the page or the visitor named, then the
 * browser's `Accept-Language`. Malformed ones are left out. `pt_BR`, as WordPress and others write it,
 * is `pt-BR`.
 */
export function wantedLanguages(
  named: string | null | undefined,
  acceptLanguage: string | null | undefined,
): string[] {
  const accepted = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const weight = parameters.find((parameter) => parameter.trim().startsWith('q='));
      return { tag, weight: weight ? Number(weight.trim().slice(2)) : 1 };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
  return [named?.slice(0, 100) ?? '', ...accepted].flatMap((tag) => {
    try {
      return Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'));
    } catch {
      return [];
    }
  });
}

/**
 * The first wanted tag that exists, or undefined. `pt-BR` is satisfied by `pt`, and `pt` by
 * `pt-BR`; `nn` and `no` are read by who reads `nb`.
 */
export function pickLanguage(
  wanted: readonly string[],
  available: readonly string[],
): string | undefined {
  for (const tag of wanted) {
    const canonical = tag.replace(/^(?:no|nn)\b/, 'nb');
    const [language = ''] = canonical.split('-');
    const chosen =
      available.find((other) => other === canonical) ??
      available.find((other) => other === language) ??
      available.find((other) => other.startsWith(`${language}-`));
    if (chosen) return chosen;
  }
  return undefined;
}

/** The frame's page in the first wanted language that it has, or in English. */
export function inLanguage(html: string, wanted: readonly string[]): string {
  const available = [...html.matchAll(link)].map(([, tag = '']) => tag);
  const chosen = pickLanguage(wanted, available) ?? 'en';
  const direction = rightToLeft.includes(chosen) ? ' dir="rtl"' : '';
  return html
    .replace(link, (whole, tag) => (tag === chosen ? whole : ''))
    .replace('<html lang="en">', `<html lang="${chosen}"${direction}>`);
}

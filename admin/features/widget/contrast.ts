/** Text contrast as WCAG 2.2 defines it. */

/** Relative luminance of `#rrggbb`, from 0 to 1 (w3.org/TR/WCAG22/#dfn-relative-luminance). */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

/**
 * The text colour that the widget uses on an accent, and the contrast ratio, 1 to 21. White is used
 * up to the luminance where black has the same contrast, so that it is always at least 4.5.
 */
export function textOn(accent: string): { text: 'white' | 'black'; ratio: number } {
  const light = luminance(accent);
  if (light < 0.179) return { text: 'white', ratio: 1.05 / (light + 0.05) };
  return { text: 'black', ratio: (light + 0.05) / 0.05 };
}

/** A text, a text made of values, or a group of texts. */
type Text = string | ((...values: never[]) => string) | { readonly [name: string]: Text };

/** The texts of `English` in any language: the same names, the same values. */
export type InAnyLanguage<English> = English extends string
  ? string
  : English extends (...values: infer Values) => string
    ? (...values: Values) => string
    : { [Name in keyof English]: InAnyLanguage<English[Name]> };

const parts = new Map<string, object>();
let translation: Readonly<Record<string, object>> = {};

/**
 * Registers the English texts of one part of the dashboard. Returns the same object, in which
 * `translate` replaces the texts. Therefore read a text where it is shown, in a component or a
 * function, and never while a module loads (reading.test.tsx checks it).
 *
 * @param name The part's name in `Catalogue`.
 */
export function part<English extends { readonly [name: string]: Text }>(
  name: string,
  english: English,
): { [Name in keyof English]: InAnyLanguage<English[Name]> };
export function part(name: string, english: object): object {
  parts.set(name, english);
  return Object.assign(english, translation[name]);
}

/** Replaces the English texts, those of parts that load later included. */
export function translate(catalogue: Readonly<Record<string, object>>): void {
  translation = catalogue;
  for (const [name, texts] of parts) Object.assign(texts, catalogue[name]);
}

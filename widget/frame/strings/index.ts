import type { LazyTexts, Plural, Texts } from './language.ts';

/**
 * The widget's texts in the visitor's language. The Worker chooses the language, and the frame's page
 * names its two files (worker/features/pages/frame-language.ts): the first loads in parallel with the
 * frame's script, the second with the first lazy part.
 */

/** The texts of the first view. Set before anything is drawn. */
export let t: Texts;

/** All texts. Set before anything in a `lazy/` folder is drawn. */
export let r: Texts & LazyTexts;

const link = globalThis.document?.querySelector<HTMLLinkElement>('link[hreflang]');

/** The language's tag, such as `pt-BR`. */
export const language = link?.hreflang ?? 'en';

async function load<Set>(file: string | undefined): Promise<Set> {
  const texts: { default: Set } = await import(/* @vite-ignore */ `${file}`);
  return texts.default;
}

/** Loads the texts of the first view. Rejects without a network. */
export async function speak(loading: Promise<Texts> = load(link?.href)): Promise<void> {
  t = await loading;
}

export async function loadLazyTexts(): Promise<void> {
  r ??= { ...t, ...(await load<LazyTexts>(link?.dataset.lazy)) };
}

/** Replaces the `{names}` of a text, and chooses the plural for `count`. */
export function fill(text: string | Plural, values: Record<string, string | number>): string {
  const form =
    typeof text === 'string'
      ? text
      : (text[new Intl.PluralRules(language).select(Number(values.count))] ?? text.other);
  return form.replace(/{(\w+)}/g, (_, name) => `${values[name]}`);
}

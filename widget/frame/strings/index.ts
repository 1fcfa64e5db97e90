import type { LazyTexts, Plural, Texts } from './language.ts';

/**
 * What the widget says. The Worker chose the language, and its page names that one's two files
 * (worker/features/pages/frame-language.ts): the first loads beside the frame's script, the second with the first
 * part that loads when used.
 */

/** Set before anything is drawn. */
export let t: Texts;

/** Set before anything in a `lazy/` folder is drawn. */
export let r: Texts & LazyTexts;

const link = globalThis.document?.querySelector<HTMLLinkElement>('link[hreflang]');

/** The language's tag, as `pt-BR`. */
export const language = link?.hreflang ?? 'en';

async function load<Set>(file: string | undefined): Promise<Set> {
  const texts: { default: Set } = await import(/* @vite-ignore */ `${file}`);
  return texts.default;
}

/** Loads the texts that everything needs. Rejects where the network is lost. */
export async function speak(loading: Promise<Texts> = load(link?.href)): Promise<void> {
  t = await loading;
}

export async function loadLazyTexts(): Promise<void> {
  r ??= { ...t, ...(await load<LazyTexts>(link?.dataset.lazy)) };
}

/** A text with its `{names}` filled in, in the plural that fits `count`. */
export function fill(text: string | Plural, values: Record<string, string | number>): string {
  const form =
    typeof text === 'string'
      ? text
      : (text[new Intl.PluralRules(language).select(Number(values.count))] ?? text.other);
  return form.replace(/{(\w+)}/g, (_, name) => `${values[name]}`);
}

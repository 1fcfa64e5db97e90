import type { Parts } from '../index.ts';
import { warn } from '../warn.ts';

/** The widget's language, as its tag; `pt_BR` is `pt-BR`. */
export function setLocale({ line }: Parts, locale: unknown): void {
  try {
    const [tag = ''] = Intl.getCanonicalLocales(
      typeof locale === 'string' ? locale.replaceAll('_', '-') : '!',
    );
    line.speak(tag);
  } catch {
    warn("setLocale takes a language's tag, as de or pt-BR.");
  }
}

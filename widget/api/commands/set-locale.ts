import type { Parts } from '../parts.ts';
import { warn } from '../warn.ts';

/** Sets the widget's language by its tag; `pt_BR` counts as `pt-BR`. */
export function setLocale({ channel }: Parts, locale: unknown): void {
  try {
    const [tag = ''] = Intl.getCanonicalLocales(
      typeof locale === 'string' ? locale.replaceAll('_', '-') : '!',
    );
    channel.setLocale(tag);
  } catch {
    warn('setLocale takes a language tag, such as de or pt-BR.');
  }
}

import type { Parts } from '../index.ts';
import { warn } from '../warn.ts';

/** The widget's language. Its texts are there as the frame begins, so an open one begins anew. */
export function setLocale({ line }: Parts, locale: unknown): void {
  try {
    const [tag = ''] = Intl.getCanonicalLocales(typeof locale === 'string' ? locale : '!');
    const frame = line.frame();
    if (!frame) return;
    const address = new URL(frame.src);
    if (address.searchParams.get('locale') === tag) return;
    address.searchParams.set('locale', tag);
    frame.src = address.href;
  } catch {
    warn("setLocale takes a language's tag, as de or pt-BR.");
  }
}

import {
  LANGUAGE_CHOICES,
  LANGUAGES,
  type Language,
  type LanguageChoice,
} from '../../../protocol/resources/preference-choices.ts';
import { withStorage } from '../../lib/storage.ts';
import type { Translation } from '../catalogue.ts';
import { translate } from './part.ts';

/** Each language's texts but English, which comes with the code. They load when an agent uses them. */
const translations: Record<Exclude<Language, 'en'>, () => Promise<{ translation: Translation }>> = {
  de: () => import('../de/index.ts'),
  es: () => import('../es/index.ts'),
};

/** How `Intl` writes dates and numbers in each language. */
const LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de', es: 'es' };

const STORAGE_KEY = 'foyer:language';

let current: Language = 'en';
let refusals: Partial<Record<string, string>> = {};

/** The locale for `Intl`. */
export const locale = (): string => LOCALES[current];

/** The sentence for an error code of the server; undefined where the server's own is right. */
export const refusalText = (code: string): string | undefined => refusals[code];

/** The language of a choice: of `auto` the first one of the browser's that the dashboard speaks. */
function languageOf(choice: LanguageChoice): Language {
  if (choice !== 'auto') return choice;
  const tags = navigator.languages.map((tag) => tag.split('-')[0]);
  return tags.flatMap((tag) => LANGUAGES.find((language) => language === tag) ?? [])[0] ?? 'en';
}

/** What this browser's last agent chose. */
function storedChoice(): LanguageChoice {
  const stored = withStorage((storage) => storage.getItem(STORAGE_KEY), null);
  return LANGUAGE_CHOICES.find((choice) => choice === stored) ?? 'auto';
}

/**
 * Loads the texts of a language. To be awaited before anything is drawn. Stays with English if they
 * cannot be loaded.
 */
export async function speak(language: Language = languageOf(storedChoice())): Promise<void> {
  if (language !== 'en') {
    try {
      const { translation } = await translations[language]();
      translate(translation.texts);
      refusals = translation.refusals;
      current = language;
    } catch {
      // Without the file the dashboard works in English.
    }
  }
  document.documentElement.lang = current;
}

/**
 * Stores an agent's choice for this browser. If the page is in another language, reloads it; drafts
 * are stored.
 */
export function applyLanguage(choice: LanguageChoice): void {
  if (choice === storedChoice()) return;
  withStorage((storage) => storage.setItem(STORAGE_KEY, choice), undefined);
  // Without storage the next page would not know the choice, and load again without end.
  if (storedChoice() === choice && languageOf(choice) !== current) location.reload();
}

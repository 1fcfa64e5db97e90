import { marksOf, type Phrase, quickFinder } from '../../../drizzle/search/query.ts';
import { wordsOf } from '../../../drizzle/search/words.ts';

/** What texts are looked through with: once for a search, since it folds the phrases. */
export type Finder = { phrases: readonly Phrase[]; mayFit: (text: string) => boolean };

export const finderOf = (phrases: readonly Phrase[]): Finder => ({
  phrases,
  mayFit: quickFinder(phrases),
});

/** Whether every phrase stands in the text. */
export function hasAll(text: string, phrases: readonly Phrase[]): boolean {
  const words = wordsOf(text);
  return phrases.every((phrase) => marksOf(words, phrase).length > 0);
}

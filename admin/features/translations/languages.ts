/**
 * The widget's own languages, each a file of widget/frame/strings/languages (a test compares them).
 */
export const LANGUAGES = [
  'ar',
  'cs',
  'da',
  'de',
  'el',
  'en',
  'es',
  'fa',
  'fr',
  'he',
  'hi',
  'it',
  'ja',
  'ko',
  'nl',
  'pl',
  'pt',
  'ro',
  'ru',
  'sv',
  'tr',
  'uk',
  'ur',
  'zh',
] as const;

/** `German (Deutsch)`, in the reader's language and in its own. */
export function languageName(tag: string): string {
  const nameIn = (reader: string | undefined) =>
    new Intl.DisplayNames(reader, { type: 'language' }).of(tag) ?? tag;
  const [readerName, ownName] = [nameIn(undefined), nameIn(tag)];
  return readerName === ownName ? readerName : `${readerName} (${ownName})`;
}

/** Whether two tags have the same language, regardless of region: `pt-BR` and `pt`. */
export function isSameLanguage(a: string, b: string): boolean {
  return a.split('-')[0]?.toLowerCase() === b.split('-')[0]?.toLowerCase();
}

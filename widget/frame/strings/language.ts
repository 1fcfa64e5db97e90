import type { lazy, texts } from './languages/en.ts';

/** A form for each plural category that `Intl.PluralRules` has for the language. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

export type TextSet = { [key: string]: string | Plural | Record<string, string> };

export type Texts = Filled<typeof texts>;
export type LazyTexts = Filled<typeof lazy>;

/** The texts of another language; missing ones stay English. */
export type Translation = Partial<Texts>;
export type LazyTranslation = Loose<LazyTexts>;

type Loose<Set> = {
  [Key in keyof Set]?: Set[Key] extends string | Plural ? Set[Key] : Partial<Set[Key]>;
};

type Filled<Set> = {
  [Key in keyof Set]: Set[Key] extends string
    ? string
    : Set[Key] extends Plural
      ? Plural
      : Texted<Set[Key]>;
};
type Texted<Group> = { [Key in keyof Group]: string };

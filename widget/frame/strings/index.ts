import { en } from './en.ts';

/** What the widget says. Another language is another object with the keys of `en`. */
export const t = en;

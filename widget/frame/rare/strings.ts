import { rare } from './en-rare.ts';
import { t } from './index.ts';

/** What the parts that load when used say, with everything else. */
export const r = { ...t, ...rare };

/** The sentence for an error's code. */
export function problemText(code: string): string {
  const texts: Record<string, string> = r.problems;
  return Object.hasOwn(texts, code) ? (texts[code] ?? r.problem) : r.problem;
}

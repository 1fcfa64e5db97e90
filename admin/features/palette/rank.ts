import { fold } from '../../../protocol/text/fold.ts';

/** How well a label matches the query; 0 if it does not. */
function score(label: string, typed: string): number {
  const text = fold(label);
  const words = fold(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return 1;
  const each = words.map((word) => scoreOfWord(text, word));
  if (each.includes(0)) return 0;
  // Among equal matches, shorter labels rank higher.
  return each.reduce((sum, wordScore) => sum + wordScore, 0) / words.length + 1 / (1 + text.length);
}

function scoreOfWord(text: string, word: string): number {
  if (text === word) return 100;
  if (text.startsWith(word)) return 80;
  const at = text.indexOf(word);
  if (at > 0) return /[\p{L}\p{N}]/u.test(text.charAt(at - 1)) ? 40 : 60;
  return initials(text).startsWith(word) && word.length > 1 ? 50 : 0;
}

const initials = (text: string) => (text.match(/(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu) ?? []).join('');

/** The matching items, best first. Equal matches keep their order. */
export function ranked<Item extends { label: string; keywords?: string }>(
  items: readonly Item[],
  typed: string,
): Item[] {
  return items
    .map((item) => {
      // Keywords count less than labels.
      const keywordScore = item.keywords ? score(item.keywords, typed) / 2 : 0;
      return { item, points: Math.max(score(item.label, typed), keywordScore) };
    })
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points)
    .map(({ item }) => item);
}

import type { Member } from '../../../../protocol/resources/member.ts';

/** Mentions in notes: finding `@` before the caret, and the users whom a text mentions. */

type Named = Pick<Member, 'user_id' | 'name'>;

/** Scripts without spaces between words, or with endings that follow a name without a space. */
const UNSPACED = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\u30fc`;
/** Not within a word: `@Tom` is not in `@Tommy`, and it is in `@Tomさん`. */
const WORD_ENDS = String.raw`(?![[\p{L}\p{M}\p{N}]--[${UNSPACED}]])`;
/** Nor in an e-mail address: `ada@tom.example` mentions no one. */
const WORD_BEGINS = String.raw`(?<![[\p{L}\p{M}\p{N}._%+\-]--[${UNSPACED}]])`;
const AT = new RegExp(String.raw`(?:^|[\s${UNSPACED}])@([^\s@]*(?: [^\s@]*)?)$`, 'v');

/** An `@` at the start of a word, and the beginning of a name. */
type At = { from: number; query: string };

/** The `@` before the caret. The typed part of the name may contain one space. */
export function atAt(text: string, caret: number): At | null {
  const match = AT.exec(text.slice(0, caret));
  const query = match?.[1];
  return query === undefined ? null : { from: caret - query.length - 1, query };
}

/** A part of a text: plain, or a mention with its `@`. */
export type Piece = { text: string; isName: boolean };

/** A name in the form in which names are compared. */
const plain = (name: string) => name.replace(/\s+/g, ' ').toLowerCase();

/** Splits a text at its mentions, ignoring case. If two names match, the longer one wins. */
export function piecesOf(text: string, names: readonly string[]): Piece[] {
  if (names.length === 0) return [{ text, isName: false }];
  const any = [...names]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/\s+/g, '\\s+'))
    .join('|');
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(new RegExp(`${WORD_BEGINS}@(?:${any})${WORD_ENDS}`, 'giv'))) {
    if (match.index > at) pieces.push({ text: text.slice(at, match.index), isName: false });
    pieces.push({ text: match[0], isName: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), isName: false });
  return pieces;
}

/**
 * The users whom a text mentions. Of several with the same name, those who were chosen from the
 * list, the last chosen first, as many as the text has that name. If none was chosen, all of them,
 * so that the right one is notified.
 *
 * @param chosen ids of users in the order they were chosen from the list, or whom the text
 * mentioned before
 */
export function mentionsIn(
  text: string,
  members: readonly Named[],
  chosen: readonly string[] = [],
): string[] {
  const names = members.map(({ name }) => name);
  const timesByName = new Map<string, number>();
  for (const { text: piece, isName } of piecesOf(text, names)) {
    const name = plain(piece.slice(1));
    if (isName) timesByName.set(name, (timesByName.get(name) ?? 0) + 1);
  }
  return [...timesByName].flatMap(([memberName, times]) => {
    const all = members
      .filter(({ name }) => plain(name) === memberName)
      .map(({ user_id }) => user_id);
    const chosenMembers = chosen.filter((id) => all.includes(id));
    return chosenMembers.length > 0 ? chosenMembers.slice(-times) : all;
  });
}

/**
 * The users whom an edited note mentions. A user who has been renamed since stays mentioned, since
 * the text still has the old name.
 */
export function mentionsAfter(
  before: { body: string; mentions?: readonly string[] | undefined },
  text: string,
  members: readonly Named[],
): string[] {
  const { body, mentions = [] } = before;
  const mentionedIds = mentionsIn(body, members, mentions);
  const renamed = mentions.filter((id) => !mentionedIds.includes(id));
  return [...new Set([...mentionsIn(text, members, mentions), ...renamed])];
}

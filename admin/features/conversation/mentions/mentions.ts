import type { Member } from '../../../../protocol/resources/member.ts';

/** The sign that begins a name in a note, and what becomes of the one that is chosen. */

type Named = Pick<Member, 'user_id' | 'name'>;

/** Scripts whose words stand side by side, or whose endings follow a name without a space. */
const UNSPACED = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\u30fc`;
/** Not within a word: `@Tom` is not in `@Tommy`, and it is in `@Tomさん`. */
const WORD_ENDS = String.raw`(?![[\p{L}\p{M}\p{N}]--[${UNSPACED}]])`;
/** Nor in an address: `ada@tom.example` names nobody. */
const WORD_BEGINS = String.raw`(?<![[\p{L}\p{M}\p{N}._%+\-]--[${UNSPACED}]])`;
const AT = new RegExp(String.raw`(?:^|[\s${UNSPACED}])@([^\s@]*(?: [^\s@]*)?)$`, 'v');

/** A sign that begins a word, and the name as far as it is typed. */
type At = { from: number; query: string };

/** The sign that the caret is behind; a name may have one space in what is typed of it. */
export function atAt(text: string, caret: number): At | null {
  const match = AT.exec(text.slice(0, caret));
  const query = match?.[1];
  return query === undefined ? null : { from: caret - query.length - 1, query };
}

/** Part of a text: plain, or somebody's name with its sign. */
export type Piece = { text: string; isName: boolean };

/** A name as two are compared: however it is typed, by hand or from the list. */
const plain = (name: string) => name.replace(/\s+/g, ' ').toLowerCase();

/** A text cut where it names somebody, in any case; of two names that fit, the longer one. */
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
 * The users whom a text names. Of several with the same name it is those who were chosen, as many as
 * the text has that name, the last ones first; where none was, it is all of them, so that whoever is
 * meant is told.
 *
 * @param chosen ids of users in the order in which they were chosen from the list, or whom the text
 *   named before
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
 * The users whom a note names after it was edited. Whom it named by a name that they do not have
 * any more stays named: the text cannot say otherwise.
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

import type { Member } from '../../protocol/resources.ts';

/** The sign that begins a name in a note, and what becomes of the one that is chosen. */

type Named = Pick<Member, 'user_id' | 'name'>;

/** A sign that begins a word, and the name as far as it is typed. */
type At = { from: number; query: string };

/** The sign that the caret is behind; a name may have one space in what is typed of it. */
export function atAt(text: string, caret: number): At | null {
  const match = /(?:^|\s)@([^\s@]*(?: [^\s@]*)?)$/u.exec(text.slice(0, caret));
  const query = match?.[1];
  return query === undefined ? null : { from: caret - query.length - 1, query };
}

/** Most that are offered at once: a person reads no more. */
const OFFERED = 8;

/** Those one of whose names begins with what is typed. */
export function matchingMembers<One extends Named>(all: readonly One[], query: string): One[] {
  const typed = query.toLocaleLowerCase();
  const fits = ({ name }: One) => ` ${name.toLocaleLowerCase()}`.includes(` ${typed}`);
  return all.filter(fits).slice(0, OFFERED);
}

/** Part of a text: plain, or somebody's name with its sign. */
export type Piece = { text: string; named: boolean };

/** A text cut where it names somebody; of two names that fit, the longer one. */
export function piecesOf(text: string, names: readonly string[]): Piece[] {
  if (names.length === 0) return [{ text, named: false }];
  const longest = [...names].sort((a, b) => b.length - a.length);
  const any = longest.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(new RegExp(`@(?:${any})(?![\\p{L}\\p{N}])`, 'gu'))) {
    if (match.index > at) pieces.push({ text: text.slice(at, match.index), named: false });
    pieces.push({ text: match[0], named: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), named: false });
  return pieces;
}

/** The users whom a text names. */
export function mentionsIn(text: string, members: readonly Named[]): string[] {
  const names = members.map(({ name }) => name);
  const said = new Set(
    piecesOf(text, names).flatMap((piece) => (piece.named ? piece.text.slice(1) : [])),
  );
  return members.filter(({ name }) => said.has(name)).map(({ user_id }) => user_id);
}

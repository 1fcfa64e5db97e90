/** The spans of a line: bold, italic, code and links. */

import { besideAddress, besideText } from './format-links.ts';
import { isEmpty } from './text.ts';

/**
 * What the parser asks of a text; a string is one. A test gives one that counts what is read, which
 * is how the parser is held to linear time.
 */
export type Source = {
  readonly length: number;
  charAt(index: number): string;
  slice(from: number, to: number): string;
};

export type Span =
  | { type: 'text'; text: string }
  | { type: 'code'; text: string }
  | { type: 'bold' | 'italic'; spans: readonly Span[] }
  /** `beside`: what must be shown beside the text, since it looks like another address. */
  | { type: 'link'; href: string; text: string; beside: string | null };

/** An emphasis that has begun and may never end. */
type Frame = { mark: string; from: number; spans: Span[] };

const SPACE = /\s/;
const LETTER = /[\p{L}\p{N}_]/u;
/** From here on scripts set no spaces between words, so that a mark may stand amid letters. */
const WITHOUT_SPACES = '\u2e80';

const isSpace = (character: string) => character === '' || SPACE.test(character);
const isWord = (character: string) => character < WITHOUT_SPACES && LETTER.test(character);

/** Punctuation that ends a sentence, or a mark, and hardly ever an address. */
const TRAILING = /[.,;:!?'"*_\])}»”’]/;
/** What reorders an address is no part of it. */
const ENDS_ADDRESS = /[\s<>"`[\]\u202a-\u202e\u2066-\u2069]/;
const MARKS = /[*_`]/g;
/** Characters on both sides of a link that may complete its text to an address, marks among them. */
const AROUND = 6;
const SCHEME = /^(?:https?:\/\/|mailto:(?!$))/i;
const LONGEST_SCHEME = 'https://'.length;
const PROTOCOLS = ['https:', 'http:', 'mailto:'];

/** Whether a link may lead there: what was typed is untrusted, and `javascript:` is an address. */
function isSafe(href: string): boolean {
  return SCHEME.test(href) && URL.canParse(href) && PROTOCOLS.includes(new URL(href).protocol);
}

/** Whether anything of a span can be seen; marks around nothing are the text that was typed. */
const isSeen = (span: Span) => span.type !== 'text' || !isEmpty(span.text);

export function addText(spans: Span[], text: string): void {
  const last = spans.at(-1);
  if (text === '') return;
  if (last?.type === 'text') spans[spans.length - 1] = { type: 'text', text: last.text + text };
  else spans.push({ type: 'text', text });
}

type Found = { span: Span; end: number };

/** `[text](address)` at an opening bracket. */
function namedLink(source: Source, from: number, to: number): Found | null {
  let close = from + 1;
  // Another bracket within would begin a link of its own; looking no further keeps this linear.
  while (close < to && !'[]'.includes(source.charAt(close))) close++;
  const bracketed = source.charAt(close) === ']' && close > from + 1 && close + 1 < to;
  if (!bracketed || source.charAt(close + 1) !== '(') return null;
  let depth = 0;
  let end = close + 2;
  for (; end < to; end++) {
    const character = source.charAt(end);
    if (character === '[' || isSpace(character)) return null;
    if (character === '(') depth++;
    if (character === ')' && depth-- === 0) break;
  }
  if (end === to) return null;
  const text = source.slice(from + 1, close);
  const href = source.slice(close + 2, end);
  // A name that reads like an address would hide where the link leads.
  if (isEmpty(text) || text.includes('://') || !isSafe(href)) return null;
  const before =
    source
      .slice(Math.max(0, from - AROUND), from)
      .split(/[\s[\]]/)
      .at(-1) ?? '';
  const [after = ''] = source.slice(end + 1, Math.min(source.length, end + 1 + AROUND)).split(/\s/);
  const around = (before + text + after.replace(/^[*_`]*\[/, '')).replace(MARKS, '');
  return {
    span: { type: 'link', href, text, beside: besideText(href, text, around) },
    end: end + 1,
  };
}

/** A bare address; as text where the browser would not open it. */
function bareLink(source: Source, from: number, to: number): Found | null {
  if (!SCHEME.test(source.slice(from, Math.min(to, from + LONGEST_SCHEME)))) return null;
  let end = from;
  let open = 0;
  for (; end < to && !ENDS_ADDRESS.test(source.charAt(end)); end++) {
    if (source.charAt(end) === '(') open++;
    if (source.charAt(end) === ')') open--;
  }
  // A bracket that was opened within the address belongs to it.
  while (end > from && TRAILING.test(source.charAt(end - 1))) {
    if (source.charAt(end - 1) === ')' && open++ >= 0) break;
    end--;
  }
  const text = source.slice(from, end);
  // What is no address is passed over as a whole: reading it again from each `h` would not be linear.
  if (!isSafe(text)) return { span: { type: 'text', text }, end };
  return { span: { type: 'link', href: text, text, beside: besideAddress(text) }, end };
}

/** The spans of one line, from an index of the source up to another. Takes linear time. */
export function spansOf(source: Source, from: number, to: number): Span[] {
  const outer: Span[] = [];
  const frames: Frame[] = [];
  let at = from;
  /** Where the text begins that is in no span yet. */
  let plain = from;
  let ticksAhead = true;

  const inner = () => frames.at(-1)?.spans ?? outer;

  function flush(): void {
    if (at > plain) addText(inner(), source.slice(plain, at));
    plain = at;
  }

  function place({ span, end }: Found): void {
    flush();
    if (span.type === 'text') addText(inner(), span.text);
    else inner().push(span);
    at = end;
    plain = end;
  }

  /** Makes text of the marks that began and did not end, down to a depth. */
  function unwind(depth: number): void {
    while (frames.length > depth) {
      const frame = frames.pop();
      if (!frame) return;
      addText(inner(), frame.mark);
      for (const span of frame.spans) {
        if (span.type === 'text') addText(inner(), span.text);
        else inner().push(span);
      }
    }
  }

  function code(): Found | null {
    if (!ticksAhead) return null;
    let close = at + 1;
    while (close < to && source.charAt(close) !== '`') close++;
    ticksAhead = close < to;
    if (!ticksAhead || close === at + 1) return null;
    const text = source.slice(at + 1, close);
    return isEmpty(text) ? null : { span: { type: 'code', text }, end: close + 1 };
  }

  function emphasis(): void {
    const character = source.charAt(at);
    let end = at + 1;
    while (end < to && source.charAt(end) === character) end++;
    const before = at > from ? source.charAt(at - 1) : '';
    const after = end < to ? source.charAt(end) : '';
    const mark = character.repeat(Math.min(end - at, 3));
    const isEmphasis = mark === '*' || mark === '**' || mark === '_';
    const depth = frames.findIndex((frame) => frame.mark === mark);
    const begun = frames[depth];
    if (isEmphasis && begun && begun.from < at && !isSpace(before) && !isWord(after)) {
      flush();
      unwind(depth + 1);
      if (begun.spans.some(isSeen)) {
        frames.pop();
        inner().push({ type: character === '_' ? 'italic' : 'bold', spans: begun.spans });
        plain = end;
      } else unwind(depth);
    } else if (isEmphasis && !isSpace(after) && !isWord(before)) {
      flush();
      // The one before it never ended, so that there are three frames at most.
      if (begun) unwind(depth);
      frames.push({ mark, from: end, spans: [] });
      plain = end;
    }
    at = end;
  }

  while (at < to) {
    const character = source.charAt(at);
    if (character === '*' || character === '_') {
      emphasis();
      continue;
    }
    let span: Found | null = null;
    if (character === '`') span = code();
    else if (character === '[') span = namedLink(source, at, to);
    else if ('hHmM'.includes(character) && !(at > from && isWord(source.charAt(at - 1)))) {
      span = bareLink(source, at, to);
    }
    if (span) place(span);
    else at++;
  }
  flush();
  unwind(0);
  return outer;
}

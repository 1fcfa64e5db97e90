import { inOrder } from './format-links.ts';
import { addText, type Source, type Span, spansOf } from './format-spans.ts';
import { isEmpty } from './text.ts';

/**
 * The formatting that a message may have, as chat products write it: *bold* or **bold**, _italic_,
 * `code`, blocks of code between lines of three backticks, lists, and links. What is not formatting
 * stays as it was typed.
 */
export type Block =
  | { type: 'paragraph'; spans: readonly Span[] }
  | { type: 'code'; text: string }
  | { type: 'list'; ordered: boolean; items: readonly Item[] };

/** `value`: the number of an item that has one, as it was typed. */
export type Item = { value: number | null; spans: readonly Span[] };

type Line = { from: number; to: number };

const FENCE = '```';
/** A bullet or a number, and where the item's text begins. */
const MARKER = /^[ \t]*(?:[-*•]|(0|[1-9]\d{0,8})\.)[ \t]+(?=\S)/;

function linesOf(source: Source): Line[] {
  const lines: Line[] = [];
  let from = 0;
  for (let at = 0; at <= source.length; at++) {
    if (at < source.length && source.charAt(at) !== '\n') continue;
    lines.push({ from, to: at });
    from = at + 1;
  }
  return lines;
}

/**
 * The blocks of a text. Never throws, takes linear time, and every link in it leads to http, https
 * or mailto.
 */
export function parseFormat(source: Source): Block[] {
  const lines = linesOf(source);
  const texts = lines.map(({ from, to }) => source.slice(from, to));
  const ends = (index: number) => texts[index]?.trimEnd().endsWith(FENCE) ?? false;
  const lastFence = texts.findLastIndex((_, index) => ends(index));
  const blocks: Block[] = [];
  let at = 0;

  /** Code from a line that begins with a fence; null where no other one ends it. */
  function code(): Block | null {
    const first = texts[at] ?? '';
    if (!first.startsWith(FENCE)) return null;
    const alone = first.trimEnd();
    if (alone.length > 2 * FENCE.length && alone.endsWith(FENCE)) {
      const text = alone.slice(FENCE.length, -FENCE.length);
      if (isEmpty(text)) return null;
      at++;
      return { type: 'code', text };
    }
    if (lastFence <= at) return null;
    const begun = at;
    const content = [first.slice(FENCE.length)];
    do content.push(texts[++at] ?? '');
    while (!ends(at));
    content.push((content.pop() ?? '').trimEnd().slice(0, -FENCE.length));
    at++;
    // The lines of the fences themselves, where they hold nothing else.
    if (content[0]?.trim() === '') content.shift();
    if (content.at(-1)?.trim() === '') content.pop();
    const text = content.join('\n');
    if (!isEmpty(text)) return { type: 'code', text };
    // Around nothing the fences are the text that was typed.
    at = begun;
    return null;
  }

  function item(): (Item & { ordered: boolean }) | null {
    const line = lines[at];
    const marker = MARKER.exec(texts[at] ?? '');
    if (!line || !marker) return null;
    const [whole, number] = marker;
    at++;
    const spans = spansOf(source, line.from + whole.length, line.to);
    return { ordered: number !== undefined, value: number ? Number(number) : null, spans };
  }

  function list(): Block | null {
    const items: Item[] = [];
    let ordered: boolean | null = null;
    for (;;) {
      const before = at;
      const next = item();
      if (!next || (ordered !== null && next.ordered !== ordered)) {
        at = before;
        break;
      }
      ordered = next.ordered;
      items.push({ value: next.value, spans: next.spans });
    }
    return ordered === null ? null : { type: 'list', ordered, items };
  }

  /** Lines that are nothing else, as far as the next block; empty ones beside a block go with it. */
  let pending: number[] = [];
  function paragraph(isLast: boolean): void {
    const isBlank = (index: number) => texts[index]?.trim() === '';
    const keepsStart = blocks.length === 0;
    const keepsEnd = keepsStart && isLast;
    const first = keepsStart ? 0 : pending.findIndex((index) => !isBlank(index));
    const last = keepsEnd ? pending.length - 1 : pending.findLastIndex((index) => !isBlank(index));
    const spans: Span[] = [];
    for (const index of first === -1 ? [] : pending.slice(first, last + 1)) {
      const line = lines[index];
      if (!line) continue;
      if (index !== pending[first]) addText(spans, '\n');
      for (const span of spansOf(source, line.from, line.to)) {
        if (span.type === 'text') addText(spans, span.text);
        else spans.push(span);
      }
    }
    pending = [];
    if (spans.length > 0) blocks.push({ type: 'paragraph', spans });
  }

  while (at < lines.length) {
    const block = code() ?? list();
    if (block) {
      paragraph(false);
      blocks.push(block);
    } else {
      pending.push(at++);
    }
  }
  paragraph(true);
  return blocks;
}

function spanText(span: Span): string {
  if ('spans' in span) return spansText(span.spans);
  if (span.type !== 'link' || span.beside === null) return span.text;
  return `${inOrder(span.text)} (${span.beside})`;
}
const spansText = (spans: readonly Span[]): string => spans.map(spanText).join('');

function blockText(block: Block): string {
  if (block.type === 'code') return block.text;
  if (block.type === 'paragraph') return spansText(block.spans);
  const mark = (value: number | null) => (value === null ? '•' : `${value}.`);
  return block.items.map(({ value, spans }) => `${mark(value)} ${spansText(spans)}`).join('\n');
}

/** A message without its marks, for a line that previews it or a voice that reads it. */
export function plainText(body: string): string {
  return parseFormat(body).map(blockText).join('\n');
}

import { type Block, parseFormat } from '../../protocol/text/format.ts';
import { inOrder } from '../../protocol/text/format-links.ts';
import type { Span } from '../../protocol/text/format-spans.ts';

/**
 * A message without its marks, as a mail shows it. A link has its address behind its text, and where
 * its text or address looks like another one, the host to which it really leads (S15).
 *
 * @example writtenOut('See *[the docs](https://docs.example/a)*') // 'See the docs (https://docs.example/a)'
 */
export function writtenOut(body: string): string {
  return parseFormat(body).map(blockText).join('\n');
}

function blockText(block: Block): string {
  if (block.type === 'code') return block.text;
  if (block.type === 'paragraph') return spansText(block.spans);
  return block.items
    .map(({ value, spans }) => `${value === null ? '•' : `${value}.`} ${spansText(spans)}`)
    .join('\n');
}

function spansText(spans: readonly Span[]): string {
  return spans.map(spanText).join('');
}

function spanText(span: Span): string {
  if ('spans' in span) return spansText(span.spans);
  if (span.type !== 'link') return span.text;
  const { text, href, beside } = span;
  if (text === href) return beside === null ? href : `${href} (${beside})`;
  return `${inOrder(text)} (${beside === null ? '' : `${beside}: `}${href})`;
}

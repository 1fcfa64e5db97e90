import type { JSX } from 'solid-js';
import { type Block, parseFormat } from '../../../../protocol/text/format.ts';
import type { Span } from '../../../../protocol/text/format-spans.ts';
import css from './formatted.module.css';
import { holdPlace } from './hold-place.ts';

function spanNode(span: Span): JSX.Element {
  switch (span.type) {
    case 'text':
      return span.text;
    case 'code':
      return (
        <code class={css.code} dir="ltr">
          {span.text}
        </code>
      );
    case 'bold':
      return <strong>{span.spans.map(spanNode)}</strong>;
    case 'italic':
      return <em>{span.spans.map(spanNode)}</em>;
    case 'link':
      return (
        <a
          href={span.href}
          title={span.href}
          dir={span.text === span.href ? 'ltr' : 'auto'}
          target="_blank"
          rel="noopener noreferrer nofollow"
        >
          <bdi>{span.text}</bdi>
          {span.beside !== null && <bdi dir="ltr"> ({span.beside})</bdi>}
        </a>
      );
  }
}

function blockNode(block: Block): JSX.Element {
  if (block.type === 'code') {
    return (
      <pre class={css.block} tabindex="0" dir="ltr">
        <code>{block.text}</code>
      </pre>
    );
  }
  if (block.type === 'paragraph') {
    return (
      <div class={css.paragraph} dir="auto">
        {block.spans.map(spanNode)}
      </div>
    );
  }
  const items = block.items.map(({ value, spans }) => (
    <li value={value ?? undefined} dir="auto">
      {spans.map(spanNode)}
    </li>
  ));
  return block.ordered ? <ol class={css.list}>{items}</ol> : <ul class={css.list}>{items}</ul>;
}

/** A message's text with its formatting, built from nodes, so that no text becomes markup. */
export default function Formatted(props: { body: string }) {
  holdPlace();
  const blocks = parseFormat(props.body);
  const [first] = blocks;
  // A single paragraph needs no block around it.
  const inLine = blocks.length === 1 && first?.type === 'paragraph';
  return <>{inLine ? first.spans.map(spanNode) : blocks.map(blockNode)}</>;
}

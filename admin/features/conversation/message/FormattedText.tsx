import {
  type Accessor,
  createContext,
  createMemo,
  For,
  type JSX,
  Show,
  useContext,
} from 'solid-js';
import { type Block, parseFormat } from '../../../../protocol/text/format.ts';
import { mayBeFormatted } from '../../../../protocol/text/format-marks.ts';
import type { Span } from '../../../../protocol/text/format-spans.ts';
import { piecesOf } from '../mentions/mentions.ts';
import styles from './FormattedText.module.css';

/** A message's formatted text. It is built from nodes, so that no text becomes markup. */
export function FormattedText(props: { body: string; names?: readonly string[] }) {
  return (
    <Names.Provider value={() => props.names ?? NOBODY}>
      <Show when={mayBeFormatted(props.body)} fallback={<PlainText text={props.body} />}>
        <Blocks body={props.body} />
      </Show>
    </Names.Provider>
  );
}

const NOBODY: readonly string[] = [];

/** The names to highlight. */
const Names = createContext<Accessor<readonly string[]>>(() => NOBODY);

function PlainText(props: { text: string }) {
  const names = useContext(Names);
  return (
    <Show when={names().length > 0} fallback={props.text}>
      <For each={piecesOf(props.text, names())}>
        {({ text, isName }) => (isName ? <mark class={styles.name}>{text}</mark> : text)}
      </For>
    </Show>
  );
}

function Blocks(props: { body: string }) {
  const blocks = createMemo(() => parseFormat(props.body));
  return (
    <Show when={onlySpans(blocks())} fallback={<For each={blocks()}>{renderBlock}</For>}>
      {(spans) => <Spans of={spans()} />}
    </Show>
  );
}

/** A single line needs no block around it. */
function onlySpans(blocks: readonly Block[]): readonly Span[] | null {
  const [first] = blocks;
  return blocks.length === 1 && first?.type === 'paragraph' ? first.spans : null;
}

function renderBlock(block: Block): JSX.Element {
  if (block.type === 'code') {
    return (
      // Focusable, so that the keyboard can scroll it sideways.
      <pre class={styles.block} tabindex="0" dir="ltr">
        <code>{block.text}</code>
      </pre>
    );
  }
  if (block.type === 'paragraph') {
    return (
      <p class={styles.paragraph} dir="auto">
        <Spans of={block.spans} />
      </p>
    );
  }
  const items = block.items.map(({ value, spans }) => (
    <li value={value ?? undefined} dir="auto">
      <Spans of={spans} />
    </li>
  ));
  return (
    <Show when={block.ordered} fallback={<ul class={styles.list}>{items}</ul>}>
      <ol class={styles.list}>{items}</ol>
    </Show>
  );
}

function Spans(props: { of: readonly Span[] }) {
  return <For each={props.of}>{renderSpan}</For>;
}

function renderSpan(span: Span): JSX.Element {
  switch (span.type) {
    case 'text':
      return <PlainText text={span.text} />;
    case 'code':
      return (
        <code class={styles.code} dir="ltr">
          {span.text}
        </code>
      );
    case 'bold':
      return (
        <strong>
          <Spans of={span.spans} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Spans of={span.spans} />
        </em>
      );
    case 'link':
      return (
        <a
          href={span.href}
          title={span.href}
          dir={span.text === span.href ? 'ltr' : 'auto'}
          target="_blank"
          rel="noopener noreferrer"
        >
          <bdi>{span.text}</bdi>
          <Show when={span.beside}>{(real) => <bdi dir="ltr"> ({real()})</bdi>}</Show>
        </a>
      );
  }
}

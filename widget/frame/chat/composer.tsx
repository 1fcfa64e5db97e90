import { createEffect, createSignal, onCleanup } from 'solid-js';
import type { Brought } from '../../../protocol/client/input/transfer.ts';
import { MAX_MESSAGE_LENGTH } from '../../../protocol/limits.ts';
import { isEmpty, lengthOf } from '../../../protocol/text/text.ts';
import { keep, kept } from '../state/keep.ts';
import { t } from '../strings/index.ts';
import { Icon } from '../ui/icon.tsx';
import { later, renew } from '../ui/later.tsx';
import ui from '../ui/ui.module.css';
import css from './chat.module.css';

const Count = later(() => import('../composer/lazy/count.tsx'), true);

/** The number of characters left from which on the count shows. */
const NEAR_LIMIT = 500;

/** The field for a message. An unsent text is kept as the conversation's draft (P9). */
export function Composer(props: {
  id: string;
  send(body: string): void;
  typing(typing: boolean): void;
  /** Receives chosen files, and what was pasted or dropped. */
  attach(brought: Brought): void;
}) {
  let area: HTMLTextAreaElement | undefined;
  const draft = `draft:${props.id}`;
  const [text, setText] = createSignal(kept(draft));
  const left = () => MAX_MESSAGE_LENGTH - lengthOf(text());
  const sendable = () => !isEmpty(text()) && left() >= 0;

  function grow(): void {
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }

  function write(value: string): void {
    setText(value);
    keep(draft, value);
  }

  function submit(): void {
    if (!sendable()) return;
    props.send(text().trim());
    write('');
    area?.focus();
  }

  createEffect(() => {
    text();
    grow();
  });

  const loaded = import('../composer/lazy/composing.ts').then(
    (lazy) => area && lazy.default({ area, draft, text, write, take: props.attach }),
    () => void renew(() => {}),
  );
  onCleanup(() => loaded.then((lazy) => lazy?.stop()));

  return (
    <form
      class={css.composer}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <button
        type="button"
        class={ui.icon}
        aria-label={t.attach}
        onClick={() => loaded.then((lazy) => lazy?.choose())}
      >
        <Icon name="clip" />
      </button>
      <textarea
        ref={(element) => {
          area = element;
        }}
        rows="1"
        dir="auto"
        aria-label={t.message}
        placeholder={t.write}
        enterkeyhint="send"
        value={text()}
        onInput={(event) => {
          write(event.currentTarget.value);
          props.typing(!!text());
        }}
        onBlur={() => props.typing(false)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey) return;
          event.preventDefault();
          submit();
        }}
      />
      <span role="status">{left() <= NEAR_LIMIT && <Count left={left()} />}</span>
      <button type="submit" class={css.send} aria-label={t.send} disabled={!sendable()}>
        <Icon name="send" />
      </button>
    </form>
  );
}

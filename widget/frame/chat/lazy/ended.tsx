import { Show } from 'solid-js';
import type { Brought } from '../../../../protocol/client/input/transfer.ts';
import controls from '../../forms/lazy/controls.module.css';
import type { LiveConversation } from '../../state/conversation.ts';
import type { Model } from '../../state/model.ts';
import { r } from '../../ui/lazy/texts.ts';
import { Composer } from '../composer.tsx';
import css from './ended.module.css';
import { Rating } from './rating.tsx';

/**
 * Replaces the composer once the conversation has ended: the rating, and a new conversation. Where the
 * visitor's next message reopens it, the composer stays below.
 */
export default function Ended(props: {
  model: Model;
  live: LiveConversation;
  /** Receives files for the message that reopens the conversation. */
  attach(added: Brought): void;
}) {
  const { client, id, state } = props.live;
  return (
    <>
      <div class={css.ended}>
        <p>{r.ended}</p>
        <Rating model={props.model} live={props.live} />
        <button
          type="button"
          class={controls.primary}
          onClick={() => props.model.go({ name: 'home' })}
        >
          {r.startNew}
        </button>
      </div>
      <Show when={state().conversation?.reopens}>
        <Composer id={id} send={client.send} typing={client.typing} attach={props.attach} />
      </Show>
    </>
  );
}

import { onCleanup, onMount } from 'solid-js';
import { onDiscardedElsewhere } from '../../../../protocol/client/discarded.ts';
import type { OutgoingMessage } from '../../../../protocol/client/types.ts';
import chat from '../../chat/chat.module.css';
import controls from '../../forms/lazy/controls.module.css';
import { shared } from '../../state/model.ts';
import { r, refusalText } from '../../ui/lazy/texts.ts';
import css from './failed.module.css';

/**
 * Below a refused message: the reason, with buttons to retry or discard. A required human check is shown
 * at once.
 */
export default function Failed(props: {
  message: OutgoingMessage;
  retry(): void;
  discard(): void;
}) {
  onCleanup(onDiscardedElsewhere(props.message.id, () => props.discard()));
  const siteKey = props.message.error?.site_key;
  const check = (key: string) =>
    import('../../forms/lazy/human-check.tsx').then(
      (human) => human.default(key),
      () => {},
    );
  onMount(() => siteKey && shared.shown() && check(siteKey));
  return (
    <>
      <span class={css.failed} role="alert">
        {r.notSent} {props.message.error && refusalText(props.message.error)}
      </span>
      <span class={chat.meta}>
        <button
          type="button"
          class={controls.link}
          onClick={() => (siteKey ? check(siteKey) : props.retry())}
        >
          {r.retry}
        </button>
        <button type="button" class={controls.link} onClick={() => props.discard()}>
          {r.discard}
        </button>
      </span>
    </>
  );
}

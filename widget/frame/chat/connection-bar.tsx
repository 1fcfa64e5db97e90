import { Show } from 'solid-js';
import type { LiveConversation } from '../state/conversation.ts';
import { t } from '../strings/index.ts';
import ui from '../ui/ui.module.css';
import css from './chat.module.css';

/** Says quietly that messages wait, and why. */
export function ConnectionBar(props: { live: LiveConversation }) {
  const stopped = () => props.live.state().connection.state === 'stopped';

  function text(): string | undefined {
    const { connection, held_until, conversation, outgoing } = props.live.state();
    if (connection.state === 'open')
      return held_until && outgoing.length > 0 ? t.slower : undefined;
    if (connection.state === 'stopped') return t.problem;
    if (connection.state !== 'waiting') return conversation ? t.reconnecting : undefined;
    if (connection.reason === 'offline') return t.offline;
    if (connection.reason === 'lost') return t.reconnecting;
    return t.busy(Math.ceil((connection.retry_at - Date.now()) / 1_000));
  }

  return (
    <div role="status">
      <Show when={text()}>
        <p class={css.notice}>
          {text()}
          <Show when={stopped()}>
            <button type="button" class={ui.link} onClick={() => props.live.client.start()}>
              {t.retry}
            </button>
          </Show>
        </p>
      </Show>
    </div>
  );
}

import { Show } from 'solid-js';
import type { LiveConversation } from '../state/conversation.ts';
import { t } from '../strings/index.ts';
import { later } from '../ui/later.tsx';
import css from './chat.module.css';

const Refused = later(() => import('./lazy/refused.tsx'));

/** A line that says that messages wait, and why. */
export function ConnectionBar(props: { live: LiveConversation }) {
  function text() {
    const { connection, held_until, conversation, outgoing } = props.live.state();
    if (connection.state === 'open') return held_until && outgoing.length > 0 && t.slower;
    if (connection.state === 'connecting') return conversation && t.reconnecting;
    if (connection.state === 'waiting' && connection.reason !== 'rate_limited') {
      return connection.reason === 'offline' ? t.offline : t.reconnecting;
    }
    return connection.state !== 'idle' && <Refused live={props.live} connection={connection} />;
  }

  return (
    <div role="status">
      <Show when={text()}>{(content) => <p class={css.notice}>{content()}</p>}</Show>
    </div>
  );
}

import { Show } from 'solid-js';
import type { LiveConversation } from '../state/conversation.ts';
import css from './connection-bar.module.css';
import Refused from './refused.tsx';
import { r } from './strings.ts';

/** Says quietly that messages wait, and why. */
export function ConnectionBar(props: { live: LiveConversation }) {
  function text() {
    const { connection, held_until, conversation, outgoing } = props.live.state();
    if (connection.state === 'open') return held_until && outgoing.length > 0 && r.slower;
    if (connection.state === 'connecting') return conversation && r.reconnecting;
    if (connection.state === 'waiting' && connection.reason !== 'rate_limited') {
      return connection.reason === 'offline' ? r.offline : r.reconnecting;
    }
    return connection.state !== 'idle' && <Refused live={props.live} connection={connection} />;
  }

  return (
    <div role="status">
      <Show when={text()}>{(content) => <p class={css.notice}>{content()}</p>}</Show>
    </div>
  );
}

import type { Connection } from '../../../../protocol/client/types.ts';
import controls from '../../forms/lazy/controls.module.css';
import type { LiveConversation } from '../../state/conversation.ts';
import { countdown } from '../../ui/lazy/problem.tsx';
import { fill, r } from '../../ui/lazy/texts.ts';
import ui from '../../ui/ui.module.css';

/** Why the Worker refused the connection: the time until the next try, or that there is none. */
export default function Refused(props: {
  live: LiveConversation;
  connection: Extract<Connection, { state: 'waiting' | 'stopped' }>;
}) {
  const { connection, live } = props;
  if (connection.state === 'waiting') {
    const left = countdown((connection.retry_at - Date.now()) / 1_000, () => {});
    return <span class={ui.muted}>{fill(r.retryIn, { count: left() })}</span>;
  }
  // Trying again would not help.
  if (connection.code === 'blocked') return <span class={ui.muted}>{r.problems.blocked}</span>;
  return (
    <>
      {r.problem}
      <button type="button" class={controls.link} onClick={() => live.client.start()}>
        {r.retry}
      </button>
    </>
  );
}

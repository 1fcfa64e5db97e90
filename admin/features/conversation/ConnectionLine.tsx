import { Match, Switch } from 'solid-js';
import type { Connection } from '../../../protocol/client/types.ts';
import { Button } from '../../components/Button.tsx';
import { now } from '../../lib/clock.ts';
import styles from './ConnectionLine.module.css';
import type { Conversation } from './conversation.ts';

type Stopped = Extract<Connection, { state: 'stopped' }>;

/** A line above the composer that says why messages are not sent at once. */
export function ConnectionLine(props: { conversation: Conversation }) {
  const stopped = (): Stopped | null => {
    const connection = props.conversation.connection();
    return connection.state === 'stopped' ? connection : null;
  };
  const isRateLimited = () => {
    const until = props.conversation.heldUntil();
    return until !== null && until > now();
  };
  return (
    <div role="status">
      <Switch>
        <Match when={stopped()}>
          {(connection) => (
            <p class={styles.line}>
              This conversation is no longer live. {connection().message}
              <Button look="quiet" onClick={props.conversation.retry}>
                Reconnect
              </Button>
            </p>
          )}
        </Match>
        <Match when={isRateLimited()}>
          <p class={styles.line}>Sending too fast. Your messages will go out in a few seconds.</p>
        </Match>
      </Switch>
    </div>
  );
}

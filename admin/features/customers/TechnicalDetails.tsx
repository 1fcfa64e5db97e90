import { Show } from 'solid-js';
import type { WidgetCustomerRecord } from '../../../protocol/resources/customer.ts';
import { Time } from '../../components/Time.tsx';
import { describeBrowser } from '../../lib/user-agent.ts';
import styles from './CustomerPanel.module.css';
import { Entry, WebAddress } from './Entry.tsx';

/** Facts that are rarely needed, collapsed. */
export function TechnicalDetails(props: {
  customer: WidgetCustomerRecord;
  referrer: string | null;
}) {
  const browser = () => describeBrowser(props.customer.user_agent);
  return (
    <section class={styles.section}>
      <details>
        <summary class={styles.summary}>Technical details</summary>
        <dl class={styles.list}>
          <Entry label="Conversations">{props.customer.total_conversations}</Entry>
          <Entry label="First seen">
            <Time ago time={props.customer.first_seen_at} />
          </Entry>
          <Show when={browser()}>
            {(name) => (
              <Entry label="Browser">
                <span title={props.customer.user_agent ?? ''}>{name()}</span>
              </Entry>
            )}
          </Show>
          <Show when={props.referrer}>
            {(referrer) => (
              <Entry label="Referrer">
                <WebAddress value={referrer()} />
              </Entry>
            )}
          </Show>
        </dl>
      </details>
    </section>
  );
}

import { createEffect, createSignal, For, on, Show } from 'solid-js';
import type { CustomerEntry } from '../../../protocol/resources/customer-entry.ts';
import { describeError } from '../../api/http.ts';
import { Button } from '../../components/Button.tsx';
import { Time } from '../../components/Time.tsx';
import { happenedText } from '../conversation/message/event-text.ts';
import { useSession } from '../session/session.ts';
import { listEntries } from './api.ts';
import styles from './CustomerPage.module.css';

/**
 * The history of a customer, with the actors.
 *
 * @param changed the current customer; a change reloads the history
 */
export function CustomerHistory(props: { customerId: string; changed: unknown }) {
  const { me } = useSession();
  const [entries, setEntries] = createSignal<readonly CustomerEntry[]>([]);
  const [cursor, setCursor] = createSignal<string | null>(null);
  const [problem, setProblem] = createSignal<string | null>(null);
  let requests = 0;

  async function load(from: string | null): Promise<void> {
    requests += 1;
    const request = requests;
    setProblem(null);
    try {
      const page = await listEntries(props.customerId, from);
      if (request !== requests) return;
      setEntries(from === null ? page.items : [...entries(), ...page.items]);
      setCursor(page.next_cursor);
    } catch (error) {
      if (request === requests) setProblem(describeError(error));
    }
  }

  createEffect(
    on(
      () => [props.customerId, props.changed],
      () => void load(null),
    ),
  );

  return (
    <Show when={entries().length > 0 || problem()}>
      <section aria-label="History">
        <h2 class={styles.heading}>History</h2>
        <Show when={problem()}>
          {(text) => (
            <p class={styles.problem} role="alert">
              {text()}
            </p>
          )}
        </Show>
        <ul class={styles.list}>
          <For each={entries()}>
            {(entry) => (
              <li class={styles.meta}>
                <span dir="auto">{happenedText(entry, me.user.id)}</span> ·{' '}
                <Time time={entry.created_at} />
              </li>
            )}
          </For>
        </ul>
        <Show when={cursor()}>
          {(from) => <Button onClick={() => void load(from())}>Load older</Button>}
        </Show>
      </section>
    </Show>
  );
}

import { A } from '@solidjs/router';
import { createEffect, createSignal, For, on, Show } from 'solid-js';
import type { WidgetCustomerRecord } from '../../../protocol/resources/customer.ts';
import { customerName } from '../inbox/names.ts';
import { findCustomers } from './api.ts';
import styles from './CustomerPage.module.css';

/** How many customers are compared; a link leads to all. */
const COMPARED = 20;
/** How many are named. */
const NAMED = 5;

/** Who else gave the same e-mail address: probably the same person in another browser. */
export function SameAddress(props: {
  email: string;
  customerId: string;
  hrefOf(customerId: string): string;
}) {
  const [others, setOthers] = createSignal<readonly WidgetCustomerRecord[]>([]);
  const [more, setMore] = createSignal(false);
  let requests = 0;

  async function load(): Promise<void> {
    requests += 1;
    const request = requests;
    const address = props.email.toLowerCase();
    // A hint; without an answer it is left out.
    const page = await findCustomers(props.email, COMPARED).catch(() => null);
    if (request !== requests || !page) return;
    setMore(page.next_cursor !== null);
    setOthers(
      page.items.filter(
        ({ id, email }) => id !== props.customerId && email?.toLowerCase() === address,
      ),
    );
  }

  createEffect(on([() => props.email, () => props.customerId], () => void load()));

  const text = () => {
    const number = others().length;
    if (more()) return `More than ${number} other people used this address: `;
    return number === 1
      ? '1 other person used this address: '
      : `${number} other people used this address: `;
  };

  return (
    <Show when={others().length > 0}>
      <p class={styles.same}>
        {text()}
        <For each={others().slice(0, NAMED)}>
          {(customer, index) => (
            <>
              <Show when={index() > 0}>, </Show>
              <A href={props.hrefOf(customer.id)} dir="auto">
                {customerName(customer)}
              </A>
            </>
          )}
        </For>
        <Show when={more() || others().length > NAMED}>
          {' '}
          <A href={`/customers?q=${encodeURIComponent(props.email)}`}>Show all</A>
        </Show>
      </p>
    </Show>
  );
}

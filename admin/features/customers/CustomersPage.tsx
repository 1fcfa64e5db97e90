import { A, useNavigate, useSearchParams } from '@solidjs/router';
import { createEffect, createMemo, createSignal, For, on, onCleanup, Show } from 'solid-js';
import type { WidgetCustomerRecord } from '../../../protocol/resources/customer.ts';
import { Avatar } from '../../components/Avatar.tsx';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Message } from '../../components/Message.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { Time } from '../../components/Time.tsx';
import { createPaged } from '../../lib/paged.ts';
import { useLive } from '../../live/live.ts';
import { customerName } from '../inbox/names.ts';
import { useSession } from '../session/session.ts';
import { Shell } from '../shell/Shell.tsx';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { type CustomersQuery, customersFile, listCustomers } from './api.ts';
import styles from './CustomersPage.module.css';
import { placeName } from './place.ts';

/** Milliseconds without a keystroke before the search starts. */
const PAUSE = 250;
const DAY = 86_400_000;
const SINCE = [
  { days: 1, label: 'Seen today' },
  { days: 7, label: 'Seen this week' },
  { days: 30, label: 'Seen this month' },
] as const;

const text = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '');

/** The list of all customers. */
export default function CustomersPage() {
  const { me } = useSession();
  const navigate = useNavigate();
  const { directory } = useLive();
  const [params, setParams] = useSearchParams();
  const [draft, setDraft] = createSignal(text(params.q));
  const list = createPaged<WidgetCustomerRecord>();
  let field: HTMLInputElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  const query = createMemo((): CustomersQuery => {
    const days = Number(text(params.since));
    const since = new Date(Date.now() - days * DAY).toISOString();
    return {
      ...(text(params.q) && { q: text(params.q) }),
      ...(days > 0 && { seenSince: since }),
      ...(params.email && { hasEmail: 'true' as const }),
      ...(text(params.department) && { department: text(params.department) }),
      ...(text(params.label) && { label: text(params.label) }),
      sort: params.sort === 'first_seen' ? 'first_seen' : 'last_seen',
    };
  });
  const narrowed = () => Object.keys(query()).length > 1;
  createEffect(on(query, (current) => list.show((cursor) => listCustomers(current, cursor))));
  useShortcuts({
    search: () => field?.focus(),
    back: () => (document.activeElement === field ? field?.blur() : navigate('/inbox')),
  });

  function type(value: string): void {
    setDraft(value);
    clearTimeout(timer);
    timer = setTimeout(() => setParams({ q: value.trim() || null }, { replace: true }), PAUSE);
  }

  return (
    <Shell
      title="Customers"
      aside={
        <Show when={me.role !== 'agent'}>
          <a class={styles.export} href={customersFile(query())} download="customers.csv">
            <Icon name="down" /> Export as CSV
          </a>
        </Show>
      }
    >
      <div class={styles.tools}>
        <input
          ref={field}
          type="search"
          class={styles.input}
          data-max="200"
          aria-label="Search customers"
          placeholder="Name, e-mail or phone"
          dir="auto"
          value={draft()}
          onInput={(event) => type(event.currentTarget.value)}
        />
        <select
          class={styles.select}
          aria-label="Last seen"
          onChange={(event) => setParams({ since: event.currentTarget.value || null })}
        >
          <option value="">Any time</option>
          <For each={SINCE}>
            {({ days, label }) => (
              <option value={days} selected={Number(text(params.since)) === days}>
                {label}
              </option>
            )}
          </For>
        </select>
        <select
          class={styles.select}
          aria-label="Department"
          onChange={(event) => setParams({ department: event.currentTarget.value || null })}
        >
          <option value="">All departments</option>
          <For each={directory.shown()}>
            {({ id, name }) => (
              <option value={id} selected={params.department === id}>
                {name}
              </option>
            )}
          </For>
        </select>
        <Show when={directory.labels().length > 0}>
          <select
            class={styles.select}
            aria-label="Label"
            onChange={(event) => setParams({ label: event.currentTarget.value || null })}
          >
            <option value="">All labels</option>
            <For each={directory.labels()}>
              {({ id, name }) => (
                <option value={id} selected={params.label === id}>
                  {name}
                </option>
              )}
            </For>
          </select>
        </Show>
        <select
          class={styles.select}
          aria-label="Order"
          onChange={(event) => setParams({ sort: event.currentTarget.value || null })}
        >
          <option value="">Last seen first</option>
          <option value="first_seen" selected={params.sort === 'first_seen'}>
            Newest first
          </option>
        </select>
        <label class={styles.check}>
          <input
            type="checkbox"
            checked={Boolean(params.email)}
            onChange={(event) => setParams({ email: event.currentTarget.checked ? '1' : null })}
          />
          Has e-mail
        </label>
      </div>
      <Show when={list.error()}>
        {(reason) => (
          <p class={styles.error} role="alert">
            {reason()} <Button onClick={list.retry}>Try again</Button>
          </p>
        )}
      </Show>
      <Show
        when={list.items()}
        fallback={
          <Show when={!list.error()}>
            <div class={styles.skeletons} role="status">
              <span class="visually-hidden">Loading customers</span>
              <For each={[1, 2, 3, 4, 5]}>{() => <Skeleton shape="line" />}</For>
            </div>
          </Show>
        }
      >
        {(items) => (
          <Show
            when={items().length > 0 || list.hasMore()}
            fallback={
              <Message
                icon="people"
                title={narrowed() ? 'No matches' : 'No customers yet'}
                text={
                  narrowed()
                    ? 'Remove a filter or try fewer words.'
                    : 'Everyone who starts a conversation appears here.'
                }
              />
            }
          >
            <ul class={styles.list} aria-busy={list.busy()}>
              <For each={items()}>{(customer) => <Row customer={customer} />}</For>
            </ul>
            <Show when={list.hasMore()}>
              <div class={styles.more}>
                <Button busy={list.busy()} onClick={list.more}>
                  {items().length > 0 ? 'Show more' : 'Load older'}
                </Button>
              </div>
            </Show>
          </Show>
        )}
      </Show>
    </Shell>
  );
}

function Row(props: { customer: WidgetCustomerRecord }) {
  const { customer } = props;
  return (
    <li>
      <A class={styles.row ?? ''} href={`/customers/${customer.id}`}>
        <Avatar id={customer.id} name={customer.full_name} size="small" />
        <span class={styles.who}>
          <span class={styles.name} dir="auto">
            {customerName(customer)}
          </span>
          <span class={styles.detail} dir="auto">
            {[customer.email, placeName(customer.city, customer.country)]
              .filter(Boolean)
              .join(' · ') || 'No other details'}
          </span>
        </span>
        <Show when={customer.customer_id}>
          <span class={styles.tag}>Registered</span>
        </Show>
        <Show when={customer.blocked_at}>
          <span class={styles.blocked}>Blocked</span>
        </Show>
        <span class={styles.count}>
          {customer.total_conversations === 1
            ? '1 conversation'
            : `${customer.total_conversations} conversations`}
        </span>
        <span class={styles.time}>
          <Time time={customer.last_seen_at} />
        </span>
      </A>
    </li>
  );
}

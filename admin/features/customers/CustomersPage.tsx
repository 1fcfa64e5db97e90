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
import { ColumnPage } from '../shell/ColumnPage.tsx';
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
  const [filtering, setFiltering] = createSignal(false);
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
  /** The filters that are on, with their parameters in the URL. */
  const chips = () => {
    const since = SINCE.find(({ days }) => days === Number(text(params.since)));
    const department = directory.departmentName(text(params.department));
    const label = directory.labels().find(({ id }) => id === text(params.label));
    return [
      ...(since ? [{ parameter: 'since', label: since.label }] : []),
      ...(department ? [{ parameter: 'department', label: department }] : []),
      ...(label ? [{ parameter: 'label', label: label.name }] : []),
      ...(params.email ? [{ parameter: 'email', label: 'Has e-mail' }] : []),
    ];
  };
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
    <ColumnPage
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
        <Button aria-expanded={filtering()} onClick={() => setFiltering(!filtering())}>
          {chips().length > 0 ? `Filter (${chips().length})` : 'Filter'}
        </Button>
        <Select
          label="Order"
          value={text(params.sort)}
          choices={[
            { value: '', label: 'Last seen first' },
            { value: 'first_seen', label: 'Newest first' },
          ]}
          onChoose={(value) => setParams({ sort: value || null })}
        />
      </div>
      <Show
        when={filtering()}
        fallback={
          <Show when={chips().length > 0}>
            <ul class={styles.chips}>
              <For each={chips()}>
                {(chip) => (
                  <li class={styles.chip}>
                    <span dir="auto">{chip.label}</span>
                    <button
                      type="button"
                      class={styles.remove}
                      aria-label={`Remove filter: ${chip.label}`}
                      onClick={() => setParams({ [chip.parameter]: null })}
                    >
                      <Icon name="close" />
                    </button>
                  </li>
                )}
              </For>
            </ul>
          </Show>
        }
      >
        <fieldset class={styles.tools}>
          <legend class="visually-hidden">Filters</legend>
          <Select
            label="Last seen"
            value={text(params.since)}
            choices={[
              { value: '', label: 'Any time' },
              ...SINCE.map(({ days, label }) => ({ value: String(days), label })),
            ]}
            onChoose={(since) => setParams({ since: since || null })}
          />
          <Select
            label="Department"
            value={text(params.department)}
            choices={[
              { value: '', label: 'All departments' },
              ...directory.shown().map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChoose={(department) => setParams({ department: department || null })}
          />
          <Show when={directory.labels().length > 0}>
            <Select
              label="Label"
              value={text(params.label)}
              choices={[
                { value: '', label: 'All labels' },
                ...directory.labels().map(({ id, name }) => ({ value: id, label: name })),
              ]}
              onChoose={(label) => setParams({ label: label || null })}
            />
          </Show>
          <label class={styles.check}>
            <input
              type="checkbox"
              checked={Boolean(params.email)}
              onChange={(event) => setParams({ email: event.currentTarget.checked ? '1' : null })}
            />
            Has e-mail
          </label>
        </fieldset>
      </Show>
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
    </ColumnPage>
  );
}

/** A list of choices that looks like the other controls. */
function Select(props: {
  label: string;
  value: string;
  choices: readonly { value: string; label: string }[];
  onChoose(value: string): void;
}) {
  return (
    <span class={styles.choice}>
      <select
        class={styles.select}
        aria-label={props.label}
        onChange={(event) => props.onChoose(event.currentTarget.value)}
      >
        <For each={props.choices}>
          {({ value, label }) => (
            <option value={value} selected={value === props.value}>
              {label}
            </option>
          )}
        </For>
      </select>
      <Icon name="chevron" />
    </span>
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

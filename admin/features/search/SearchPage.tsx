import { A, useNavigate, useSearchParams } from '@solidjs/router';
import {
  createEffect,
  createMemo,
  createSignal,
  For,
  on,
  onCleanup,
  onMount,
  Show,
} from 'solid-js';
import type { SearchHit } from '../../../protocol/resources/search.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Message } from '../../components/Message.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { Time } from '../../components/Time.tsx';
import { announce } from '../../lib/announce.ts';
import { createPaged } from '../../lib/paged.ts';
import { customerName } from '../inbox/names.ts';
import { ColumnPage } from '../shell/ColumnPage.tsx';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { search } from './api.ts';
import { Highlight } from './Highlight.tsx';
import styles from './SearchPage.module.css';

/** Milliseconds without a keystroke before the search starts. */
const PAUSE = 200;

type MessageHit = Extract<SearchHit, { kind: 'message' }>;
type CustomerHit = Extract<SearchHit, { kind: 'customer' }>;

/** A matching message with its sender. */
export default function SearchPage() {
  const [query, setQuery] = useSearchParams();
  const navigate = useNavigate();
  const q = createMemo(() => (typeof query.q === 'string' ? query.q : ''));
  const [draft, setDraft] = createSignal(q());
  const results = createPaged<SearchHit>();
  let field: HTMLInputElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  const customers = () =>
    (results.items() ?? []).filter((hit): hit is CustomerHit => hit.kind === 'customer');
  const messages = () =>
    (results.items() ?? []).filter((hit): hit is MessageHit => hit.kind === 'message');

  createEffect(
    on(q, (text) => {
      if (text.trim()) results.show((cursor) => search(text.trim(), cursor));
      else results.clear();
    }),
  );
  createEffect(() => {
    const all = results.items();
    if (all && q()) announce(all.length === 0 ? 'No results' : `${all.length} found`);
  });
  onMount(() => field?.focus());
  useShortcuts({
    search: () => field?.focus(),
    back: () => (document.activeElement === field ? navigate('/inbox') : field?.focus()),
  });

  function type(text: string): void {
    setDraft(text);
    clearTimeout(timer);
    timer = setTimeout(() => setQuery({ q: text || null }, { replace: true }), PAUSE);
  }

  /** The up and down keys move through the results. */
  function move(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const hits = [...document.querySelectorAll<HTMLElement>('[data-hit]')];
    const at = hits.findIndex((hit) => hit.matches(':focus'));
    const next = at + (event.key === 'ArrowDown' ? 1 : -1);
    event.preventDefault();
    (next < 0 ? field : hits[Math.min(next, hits.length - 1)])?.focus();
  }

  return (
    <ColumnPage title="Search">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys on the way up from its parts */}
      <div class={styles.search} onKeyDown={move}>
        <form
          class={styles.field}
          onSubmit={(event) => {
            event.preventDefault();
            const [first] = document.querySelectorAll<HTMLElement>('[data-hit]');
            first?.click();
          }}
        >
          <Icon name="search" />
          <input
            ref={field}
            type="search"
            class={styles.input}
            data-max="200"
            aria-label="Search customers and messages"
            placeholder="Search people and messages"
            dir="auto"
            value={draft()}
            onInput={(event) => type(event.currentTarget.value)}
          />
        </form>
        <Show when={results.error()}>
          {(text) => (
            <p class={styles.error} role="alert">
              {text()} <Button onClick={results.retry}>Try again</Button>
            </p>
          )}
        </Show>
        <Show
          when={q().trim()}
          fallback={
            <Message
              icon="search"
              title="Search all conversations"
              text="Use “quotes” for exact phrases. Private notes are included."
            />
          }
        >
          <Show
            when={results.items()}
            fallback={
              <Show when={!results.error()}>
                <Skeletons />
              </Show>
            }
          >
            {(all) => (
              <Show
                when={all().length > 0}
                fallback={
                  <Message
                    icon="search"
                    title="No results"
                    text="Recent messages can take up to 30 minutes to appear."
                  />
                }
              >
                <Show when={customers().length > 0}>
                  <section aria-label="Customers">
                    <h2 class={styles.heading}>Customers</h2>
                    <ul class={styles.list}>
                      <For each={customers()}>{(hit) => <CustomerRow hit={hit} />}</For>
                    </ul>
                  </section>
                </Show>
                <Show when={messages().length > 0}>
                  <section aria-label="Messages">
                    <h2 class={styles.heading}>Messages</h2>
                    <ul class={styles.list}>
                      <For each={messages()}>{(hit) => <MessageRow hit={hit} />}</For>
                    </ul>
                  </section>
                </Show>
                <Show when={results.hasMore()}>
                  <div class={styles.more}>
                    <Button busy={results.busy()} onClick={results.more}>
                      Show more
                    </Button>
                  </div>
                </Show>
              </Show>
            )}
          </Show>
        </Show>
      </div>
    </ColumnPage>
  );
}

function CustomerRow(props: { hit: CustomerHit }) {
  const { customer, marks } = props.hit;
  return (
    <li>
      <A class={styles.hit ?? ''} data-hit href={`/customers/${customer.id}`}>
        <span class={styles.line}>
          <span class={styles.name} dir="auto">
            <Highlight
              text={customerName(customer)}
              marks={customer.full_name === customerName(customer) ? marks.full_name : []}
            />
          </span>
          <Time time={customer.last_seen_at} />
        </span>
        <span class={styles.text} dir="auto">
          <Highlight text={customer.email ?? ''} marks={marks.email} />
          {customer.email && customer.phone ? ' · ' : ''}
          <Highlight text={customer.phone ?? ''} marks={marks.phone} />
        </span>
      </A>
    </li>
  );
}

function MessageRow(props: { hit: MessageHit }) {
  const { conversation, sender, snippet, seq, sent_at, note, more } = props.hit;
  return (
    <li>
      <A class={styles.hit ?? ''} data-hit href={`/inbox/all/${conversation.id}?at=${seq}`}>
        <span class={styles.line}>
          <span class={styles.name} dir="auto">
            {customerName(conversation.customer)}
          </span>
          <Show when={note}>
            <span class={styles.note}>
              <Icon name="lock" /> Note
            </span>
          </Show>
          <Show when={conversation.status === 'closed'}>
            <span class={styles.tag}>Closed</span>
          </Show>
          <Time time={sent_at} />
        </span>
        <span class={styles.text} dir="auto">
          <Show when={sender.kind === 'agent'}>{`${sender.name ?? 'Agent'}: `}</Show>
          <Highlight text={snippet.text} marks={snippet.marks} />
        </span>
        <Show when={more > 0}>
          <span class={styles.rest}>{more === 1 ? '1 more match' : `${more} more matches`}</span>
        </Show>
      </A>
    </li>
  );
}

function Skeletons() {
  return (
    <div class={styles.skeletons} role="status">
      <span class="visually-hidden">Searching</span>
      <For each={[1, 2, 3, 4]}>{() => <Skeleton shape="line" />}</For>
    </div>
  );
}

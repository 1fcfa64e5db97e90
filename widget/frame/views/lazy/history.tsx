import { createSignal, onCleanup, onMount, Show } from 'solid-js';
import '../../../../protocol/client/input/field-limit.ts';
import type { RequestError } from '../../../../protocol/client/http.ts';
import type { VisitorConversationItem } from '../../../../protocol/conversation/visitor-conversation.ts';
import type { Page } from '../../../../protocol/page.ts';
import { plainText } from '../../../../protocol/text/format.ts';
import { dayOf } from '../../chat/times.ts';
import controls from '../../forms/lazy/controls.module.css';
import { asRequestError, type Model } from '../../state/model.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Each } from '../../ui/each.tsx';
import { Header } from '../../ui/header.tsx';
import Problem from '../../ui/lazy/problem.tsx';
import { r } from '../../ui/lazy/texts.ts';
import ui from '../../ui/ui.module.css';
import { Card } from '../card.tsx';
import css from './history.module.css';

/** Milliseconds from the last typed letter to the search. */
const PAUSE = 300;

/** The visitor's conversations, newest first, with a search through their messages. */
export default function HistoryView(props: { model: Model }) {
  const { model } = props;
  const [items, setItems] = createSignal<VisitorConversationItem[]>();
  const [cursor, setCursor] = createSignal<string | null>(null);
  const [failed, setFailed] = createSignal<RequestError>();
  const [query, setQuery] = createSignal('');
  /** The number of the latest request; answers to earlier ones are dropped. */
  let lastRequest = 0;
  let pause: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(pause));

  async function load(): Promise<void> {
    setFailed(undefined);
    const request = ++lastRequest;
    const after = cursor();
    const params = new URLSearchParams({
      ...(query() && { q: query() }),
      ...(after && { cursor: after }),
    });
    try {
      const page = await model.session.call<Page<VisitorConversationItem>>(
        `conversations?${params}`,
      );
      if (request < lastRequest) return;
      setItems(after ? [...(items() ?? []), ...page.items] : page.items);
      setCursor(page.next_cursor);
    } catch (error) {
      if (request === lastRequest) setFailed(asRequestError(error));
    }
  }

  function search(words: string): void {
    clearTimeout(pause);
    pause = setTimeout(() => {
      setQuery(words.trim());
      setCursor(null);
      void load();
    }, PAUSE);
  }
  onMount(() => void load());

  function open(item: VisitorConversationItem): void {
    if (item.id === model.current()?.id) model.go({ name: 'chat' });
    // A conversation that closed by itself may be reopened by writing; its object knows whether.
    else if (item.status === 'closed' && item.closed_reason !== 'inactive')
      model.go({ name: 'transcript', item });
    else void model.enter(item).catch((error) => setFailed(asRequestError(error)));
  }

  const note = (item: VisitorConversationItem) =>
    [
      item.status === 'closed' ? r.isEnded : r.isOpen,
      dayOf(item.last_message_at ?? item.created_at),
      item.last_message_preview === '' ? r.deleted : plainText(item.last_message_preview ?? ''),
    ]
      .filter(Boolean)
      .join(' · ');

  return (
    <>
      <Header title={r.earlier} back={() => model.go({ name: 'home' })} close={model.close} />
      <div class={css.seek}>
        <input
          type="search"
          dir="auto"
          data-max="200"
          placeholder={r.search}
          aria-label={r.search}
          onInput={(event) => search(event.currentTarget.value)}
        />
      </div>
      <ul class={css.list} aria-busy={!items() && !failed()}>
        <Show when={items()?.length === 0 && !cursor()}>
          <li class={ui.muted} role="status">
            {query() ? r.nothingFound : r.noEarlier}
          </li>
        </Show>
        <Each of={items()}>
          {(item) => (
            <Card
              avatar={<Avatar name={item.department.name} />}
              name={item.department.name}
              note={
                <>
                  <Show when={item.unread}>
                    <b class={css.unread}>{r.newMessages}</b>
                  </Show>
                  {note(item)}
                </>
              }
              onPick={() => open(item)}
            />
          )}
        </Each>
        <Show when={cursor()}>
          <li>
            <button type="button" class={controls.plain} onClick={() => void load()}>
              {r.loadMore}
            </button>
          </li>
        </Show>
        <Show when={failed()} keyed>
          {(error) => <Problem error={error} retry={() => void load()} />}
        </Show>
      </ul>
    </>
  );
}

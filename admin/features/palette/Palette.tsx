import { useNavigate } from '@solidjs/router';
import { createEffect, createMemo, createSignal, For, onMount, Show } from 'solid-js';
import { describeError } from '../../api/http.ts';
import { Icon } from '../../components/Icon.tsx';
import { showToast } from '../../lib/toasts.ts';
import { useLive } from '../../live/live.ts';
import { useSession } from '../session/session.ts';
import { isCommand } from '../shortcuts/key.ts';
import {
  actionItems,
  conversationItems,
  customerItems,
  type Item,
  placeItems,
  recentItems,
} from './items.ts';
import styles from './Palette.module.css';
import { ranked } from './rank.ts';
import { recentOf } from './recent.ts';
import { createSearch } from './search.ts';

/** How many matching actions and places are shown. */
const MAX_SHOWN = 8;

const optionId = (item: Item) => `palette-${item.id}`;

/** The command menu: one field for all actions, places and customers. */
export default function Palette(props: { onClose(): void }) {
  const { me } = useSession();
  const navigate = useNavigate();
  const [typed, setTyped] = createSignal('');
  const { directory } = useLive();
  const [at, setAt] = createSignal(0);
  const search = createSearch(typed);
  let dialog: HTMLDialogElement | undefined;

  // The commands that were available before the palette opened.
  const actions = actionItems();
  const recent = recentItems(recentOf(me.user.id), navigate);
  const places = createMemo(() => placeItems(me.role, directory.shown(), navigate));

  const groups = createMemo(() => {
    const q = typed().trim();
    const all =
      q === ''
        ? [
            { name: 'Opened recently', items: recent.slice(0, 5) },
            { name: 'Actions', items: actions },
            { name: 'Go to', items: places() },
          ]
        : [
            {
              name: 'Actions and places',
              items: ranked([...actions, ...places(), ...recent], q).slice(0, MAX_SHOWN),
            },
            {
              name: 'Conversations',
              items: conversationItems(search.results().conversations, navigate),
            },
            { name: 'Customers', items: customerItems(search.results().customers, navigate) },
          ];
    return all.filter(({ items }) => items.length > 0);
  });
  const items = createMemo(() => groups().flatMap((group) => group.items));
  const active = () => items()[Math.min(at(), items().length - 1)];
  const activeId = () => {
    const item = active();
    return item && optionId(item);
  };
  const status = () => {
    if (search.error()) return `${search.error()}`;
    if (search.busy()) return 'Searching…';
    const { length } = items();
    if (length === 0) return `No results for “${typed().trim()}”.`;
    return length === 1 ? '1 result' : `${length} results`;
  };

  function choose(item: Item): void {
    // Restores the focus first, so that the action can move it.
    dialog?.close();
    queueMicrotask(() => {
      Promise.resolve(item.run()).catch((error: unknown) =>
        showToast({ tone: 'bad', text: describeError(error) }),
      );
    });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const { length } = items();
    if (isCommand(event, 'k')) dialog?.close();
    else if (event.key === 'ArrowDown') setAt(length === 0 ? 0 : (at() + 1) % length);
    else if (event.key === 'ArrowUp') setAt(length === 0 ? 0 : (at() + length - 1) % length);
    else if (event.key === 'Enter') {
      const item = active();
      if (item) choose(item);
    } else return;
    event.preventDefault();
  }

  createEffect(() => {
    const id = activeId();
    if (id) document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
  });
  onMount(() => {
    dialog?.showModal();
  });

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the platform closes it with Escape.
    <dialog
      ref={dialog}
      class={styles.palette}
      aria-label="Command menu"
      onClose={() => props.onClose()}
      onClick={(event) => {
        if (event.target === event.currentTarget) dialog?.close();
      }}
    >
      <div class={styles.head}>
        <Icon name="search" />
        <input
          class={styles.field}
          role="combobox"
          aria-label="Command menu"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-autocomplete="list"
          aria-activedescendant={activeId()}
          placeholder="Search or run a command…"
          autocomplete="off"
          spellcheck={false}
          dir="auto"
          value={typed()}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd class={styles.key}>Esc</kbd>
      </div>
      <div class={styles.list} id="palette-list" role="listbox" aria-label="Results">
        <For each={groups()}>
          {(group) => (
            // biome-ignore lint/a11y/useSemanticElements: a listbox holds groups of options.
            <div role="group" aria-label={group.name}>
              <p class={styles.group} aria-hidden="true">
                {group.name}
              </p>
              <For each={group.items}>
                {(item) => (
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and the keys.
                  // biome-ignore lint/a11y/useFocusableInteractive: the field points at it instead.
                  <div
                    class={styles.option}
                    role="option"
                    id={optionId(item)}
                    aria-selected={active() === item}
                    onPointerMove={() => setAt(items().indexOf(item))}
                    onMouseDown={(event) => event.preventDefault()}
                    onClick={() => choose(item)}
                  >
                    <Icon name={item.icon} />
                    <span class={styles.label} dir="auto">
                      {item.label}
                    </span>
                    <Show when={item.hint}>
                      <span class={styles.hint} dir="auto">
                        {item.hint}
                      </span>
                    </Show>
                    <For each={item.keys ?? []}>{(key) => <kbd class={styles.key}>{key}</kbd>}</For>
                  </div>
                )}
              </For>
            </div>
          )}
        </For>
      </div>
      <p class={styles.status} role="status">
        {status()}
      </p>
    </dialog>
  );
}

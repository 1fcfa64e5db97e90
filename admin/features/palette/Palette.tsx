import { useNavigate } from '@solidjs/router';
import { createEffect, createMemo, createSignal, For, onMount, Show } from 'solid-js';
import { describeError } from '../../api/http.ts';
import { ColorDot } from '../../components/ColorDot.tsx';
import { Icon } from '../../components/Icon.tsx';
import { showToast } from '../../lib/toasts.ts';
import { useLive } from '../../live/live.ts';
import { t } from '../../texts/commands.ts';
import { useSession } from '../session/session.ts';
import { isCommand } from '../shortcuts/key.ts';
import { keyName } from '../shortcuts/key-names.ts';
import { actionItems, conversationItems, customerItems, placeItems, recentItems } from './items.ts';
import type { Item, Level } from './level.ts';
import styles from './Palette.module.css';
import type { PaletteProps } from './PaletteHost.tsx';
import { ranked } from './rank.ts';
import { recentOf } from './recent.ts';
import { createSearch } from './search.ts';

/** How many matching actions and places are shown. */
const MAX_SHOWN = 8;

const optionId = (item: Item) => `palette-${item.id}`;

/** The command menu: one field for all actions, places and customers, and for their lists. */
export default function Palette(props: PaletteProps) {
  const { me } = useSession();
  const navigate = useNavigate();
  const [typed, setTyped] = createSignal('');
  const { directory } = useLive();
  /** The lists that were opened, the shown one last. Null: all commands. */
  const [path, setPath] = createSignal<readonly (Level | null)[]>([props.level]);
  const level = () => path().at(-1) ?? null;
  /** The index of the active item; null for the one that holds now, else the first. */
  const [at, setAt] = createSignal<number | null>(null);
  const search = createSearch(() => (level() ? '' : typed()));
  let dialog: HTMLDialogElement | undefined;
  let field: HTMLInputElement | undefined;

  // The commands that were available before the palette opened.
  const actions = actionItems();
  const recent = recentItems(recentOf(me.user.id), navigate);
  const places = createMemo(() => placeItems(me.role, directory.shown(), navigate));

  const groups = createMemo(() => {
    const q = typed().trim();
    const shown = level();
    if (shown) {
      const fitting = q === '' ? shown.items() : ranked(shown.items(), q);
      return [{ name: shown.title, items: [...(shown.typed?.(q) ?? []), ...fitting] }];
    }
    const all =
      q === ''
        ? [
            // The group says when.
            { name: t.recent, items: recent.slice(0, 5).map((item) => ({ ...item, hint: '' })) },
            { name: t.actions, items: actions },
            { name: t.goTo, items: places() },
          ]
        : [
            {
              name: t.actionsAndPlaces,
              items: ranked([...actions, ...places(), ...recent], q).slice(0, MAX_SHOWN),
            },
            {
              name: t.conversations,
              items: conversationItems(search.results().conversations, navigate),
            },
            { name: t.customers, items: customerItems(search.results().customers, navigate) },
          ];
    return all.filter(({ items }) => items.length > 0);
  });
  const items = createMemo(() => groups().flatMap((group) => group.items));
  /** The index of the active item. */
  const index = () => {
    const chosen = at();
    if (chosen !== null) return Math.min(chosen, items().length - 1);
    // A list for one choice begins at what holds now, but for what is typed.
    const current =
      typed() === '' && !level()?.stays ? items().findIndex((item) => item.current) : 0;
    return Math.max(0, current);
  };
  const active = () => items()[index()];
  const activeId = () => {
    const item = active();
    return item && optionId(item);
  };
  const status = () => {
    if (search.error()) return `${search.error()}`;
    if (search.busy()) return t.searching;
    const { length } = items();
    if (length === 0) return t.noResults(typed().trim());
    return t.resultCount(length);
  };

  function type(text: string): void {
    setTyped(text);
    setAt(null);
  }

  function tell(error: unknown): void {
    showToast({ tone: 'bad', text: describeError(error) });
  }

  async function open(next: NonNullable<Item['level']>): Promise<void> {
    try {
      const opened = await next();
      type('');
      setPath([...path(), opened]);
    } catch (error) {
      tell(error);
    }
  }

  function choose(item: Item): void {
    if (item.level) return void open(item.level);
    const run = () => Promise.resolve(item.run()).catch(tell);
    if (level()?.stays) {
      // Stays at what was chosen, so that a second press takes it back.
      const before = typed();
      void run();
      if (before !== '') {
        type('');
        setAt(
          Math.max(
            0,
            items().findIndex(({ id }) => id === item.id),
          ),
        );
      }
      field?.focus();
      return;
    }
    // Restores the focus first, so that the action can move it.
    dialog?.close();
    queueMicrotask(() => void run());
  }

  /** Goes back to the list before. From a list that a key opened, that is all commands. */
  function back(): void {
    const before = path().slice(0, -1);
    setPath(before.length > 0 ? before : [null]);
    type('');
  }

  /** Whether a key is a digit that chooses an item, and not the beginning of a name or a time. */
  function choosesByPlace(key: string): boolean {
    const shown = level();
    if (!shown || shown.digitsWrite || typed() !== '' || !/^[1-9]$/.test(key)) return false;
    return !items().some(({ label }) => label.startsWith(key));
  }

  /** Returns whether the key was handled. */
  function press(key: string): boolean {
    const { length } = items();
    if (key === 'ArrowDown') setAt(length === 0 ? 0 : (index() + 1) % length);
    else if (key === 'ArrowUp') setAt(length === 0 ? 0 : (index() + length - 1) % length);
    else if (key === 'Backspace' && typed() === '' && level()) back();
    else if (key === 'Enter') {
      const item = active();
      if (item) choose(item);
    } else if (choosesByPlace(key)) {
      const item = items()[Number(key) - 1];
      if (item) choose(item);
    } else return false;
    return true;
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (isCommand(event, 'k')) dialog?.close();
    else if (event.ctrlKey || event.metaKey || event.altKey || !press(event.key)) return;
    event.preventDefault();
  }

  createEffect(() => {
    const id = activeId();
    if (id) document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
  });
  onMount(() => {
    dialog?.showModal();
    for (const key of props.pressed) {
      if (key === 'Escape') dialog?.close();
      else if (!press(key) && key.length === 1) type(typed() + key);
    }
  });

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the platform closes it with Escape.
    <dialog
      ref={dialog}
      class={styles.palette}
      aria-label={level()?.title ?? t.names.palette}
      onClose={() => props.onClose()}
      onClick={(event) => {
        if (event.target === event.currentTarget) dialog?.close();
      }}
    >
      <div class={styles.head}>
        <Show when={level()} fallback={<Icon name="search" />}>
          {(shown) => (
            <button
              type="button"
              class={styles.level}
              title={t.backHint}
              onClick={() => {
                back();
                field?.focus();
              }}
            >
              <Icon name="back" flip />
              <span>{shown().title}</span>
            </button>
          )}
        </Show>
        <input
          ref={field}
          class={styles.field}
          role="combobox"
          aria-label={level()?.placeholder ?? t.names.palette}
          aria-expanded="true"
          aria-controls="palette-list"
          aria-autocomplete="list"
          aria-activedescendant={activeId()}
          placeholder={level()?.placeholder ?? t.placeholder}
          autocomplete="off"
          spellcheck={false}
          dir="auto"
          autofocus
          value={typed()}
          onInput={(event) => type(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <kbd class={styles.key}>Esc</kbd>
      </div>
      <Show when={level()?.subject}>
        {(subject) => (
          <p class={styles.subject} dir="auto">
            {subject()}
          </p>
        )}
      </Show>
      <div class={styles.list} id="palette-list" role="listbox" aria-label={t.results}>
        <For each={groups()}>
          {(group) => (
            // biome-ignore lint/a11y/useSemanticElements: a listbox holds groups of options.
            <div role="group" aria-label={group.name}>
              <Show when={!level()}>
                <p class={styles.group} aria-hidden="true">
                  {group.name}
                </p>
              </Show>
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
                    <Show when={item.color} fallback={<Icon name={item.icon} />}>
                      {(color) => <ColorDot color={color()} />}
                    </Show>
                    <span class={styles.label} dir="auto">
                      {item.label}
                    </span>
                    <Show when={item.hint}>
                      <span class={styles.hint} dir="auto">
                        {item.hint}
                      </span>
                    </Show>
                    <Show when={item.current}>
                      <span class={styles.current}>
                        <Icon name="check" />
                        <span class="visually-hidden">{t.current}</span>
                      </span>
                    </Show>
                    <For each={item.keys ?? []}>
                      {(key) => <kbd class={styles.key}>{keyName(key)}</kbd>}
                    </For>
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

import { onCleanup, onMount } from 'solid-js';
import type { Level } from '../palette/level.ts';
import { preferences } from '../profile/preferences.ts';
import { MOVES, PREFIX, type ShortcutId, shortcutFor } from './table.ts';

/** The action of a command. `when` says whether it is available. */
type Action = {
  run(): void;
  when(): boolean;
  /** For an action that only opens a list to choose from: opens it inside the command menu. */
  level?(): Promise<Level>;
};
type Handlers = Partial<Record<ShortcutId, (() => void) | Action>>;

/** The last registered handler runs first, so that Escape closes what opened last. */
const registered: Handlers[] = [];

/** Menus and dialogs handle their own keys. */
const MODAL = 'dialog, [popover]';
/** Text fields. Checkboxes are not, so that the keys of their row still work. */
const FIELD =
  'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]:not([contenteditable=false])';
/** These handle Enter themselves. */
const PRESSABLE = 'a, button, summary, input';

/** Milliseconds for which the first of two keys waits for the second. */
const PREFIX_WAIT = 1_500;
/** When `PREFIX` was pressed, by the events' clock; null if it was not the last key. */
let prefixAt: number | null = null;

/** What must happen before a command runs; see `beforeCommands`. */
let settle: ((id: ShortcutId) => Promise<void> | null) | null = null;
/** Whether a command waits for `settle`. */
let settling = false;

const isListOpen = () =>
  [...document.querySelectorAll('[popover]')].some((list) => list.checkVisibility());

function onKeyDown(event: KeyboardEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(MODAL)) return;
  // The platform closes an open list, also one without anything that could have the focus.
  if (event.key === 'Escape' && isListOpen()) return;
  // A letter that was meant for the field of the coming conversation must not become a command.
  if (settling) {
    event.preventDefault();
    return;
  }
  const after = prefixAt !== null && event.timeStamp - prefixAt < PREFIX_WAIT ? PREFIX : null;
  const inField = target?.closest(FIELD) != null;
  const id = shortcutFor(event, { inField, after, single: preferences.single_keys });
  // Shift alone is not a shortcut.
  if (event.key !== 'Shift') prefixAt = id === PREFIX ? event.timeStamp : null;
  if (id === null || id === PREFIX) return;
  if (event.key === 'Enter' && target?.closest(PRESSABLE)) return;
  const run = runnerOf(id);
  if (!run) return;
  event.preventDefault();
  // A key that is held down must not close one conversation after the other.
  if (event.repeat && !MOVES.includes(id)) return;
  void runSettled(id, run);
}

async function runSettled(id: ShortcutId, run: () => void): Promise<void> {
  const settled = settle?.(id);
  if (!settled) return run();
  settling = true;
  await settled.finally(() => {
    settling = false;
  });
  // What is open now may handle the command.
  runnerOf(id)?.();
}

/** What a command does now; null if it is not available. */
function runnerOf(id: ShortcutId): (() => void) | null {
  return actionOf(id)?.run ?? null;
}

/** The current action of a command; null if it is not available. */
export function actionOf(id: ShortcutId): Pick<Action, 'run' | 'level'> | null {
  const handler = registered.findLast((handlers) => handlers[id])?.[id];
  if (!handler) return null;
  if (typeof handler === 'function') return { run: handler };
  return handler.when() ? handler : null;
}

/** Handles shortcuts while the calling component is mounted. */
export function useShortcuts(handlers: Handlers): void {
  onMount(() => {
    if (registered.length === 0) document.addEventListener('keydown', onKeyDown);
    registered.push(handlers);
  });
  onCleanup(() => {
    const index = registered.indexOf(handlers);
    if (index !== -1) registered.splice(index, 1);
    if (registered.length === 0) document.removeEventListener('keydown', onKeyDown);
  });
}

/**
 * Calls `first` before each command, while the calling component is mounted. If it returns a
 * promise, the command waits for it, and keys that are pressed meanwhile do nothing.
 */
export function beforeCommands(first: NonNullable<typeof settle>): void {
  settle = first;
  onCleanup(() => {
    if (settle === first) settle = null;
  });
}

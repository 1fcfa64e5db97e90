import { onCleanup, onMount } from 'solid-js';
import { type ShortcutId, shortcutFor } from './table.ts';

/** The action of a command. `when` says whether it is available. */
type Action = { run(): void; when(): boolean };
type Handlers = Partial<Record<ShortcutId, (() => void) | Action>>;

/** The last registered handler runs first, so that Escape closes what opened last. */
const registered: Handlers[] = [];

/** Menus and dialogs handle their own keys. */
const MODAL = 'dialog, [role="menu"]';
/** Text fields. Checkboxes are not, so that the keys of their row still work. */
const FIELD =
  'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]:not([contenteditable=false])';
/** These handle Enter themselves. */
const PRESSABLE = 'a, button, summary, input';

function onKeyDown(event: KeyboardEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(MODAL)) return;
  const id = shortcutFor(event, target?.closest(FIELD) != null);
  if (id === null || (event.key === 'Enter' && target?.closest(PRESSABLE))) return;
  const run = runnerOf(id);
  if (!run) return;
  event.preventDefault();
  run();
}

/** The current action of a command; null if it is not available. */
export function runnerOf(id: ShortcutId): (() => void) | null {
  const handler = registered.findLast((handlers) => handlers[id])?.[id];
  if (!handler) return null;
  if (typeof handler === 'function') return handler;
  return handler.when() ? handler.run : null;
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

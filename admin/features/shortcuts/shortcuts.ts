import { onCleanup, onMount } from 'solid-js';
import { type ShortcutId, shortcutFor } from './table.ts';

/** What a command does; `when` says whether it can be done now. */
type Action = { run(): void; when(): boolean };
type Handlers = Partial<Record<ShortcutId, (() => void) | Action>>;

/** The last one registered answers first, so that what opened last is what Escape leaves. */
const registered: Handlers[] = [];

/** Elements that have keys of their own: a menu's or a dialog's are nobody else's. */
const MODAL = 'dialog, [role="menu"]';
/** What takes text. A box that is ticked does not, so that its row's keys go on working. */
const FIELD =
  'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]:not([contenteditable=false])';
/** Enter on these is theirs. */
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

/** What a command does now; null while it can do nothing. */
export function runnerOf(id: ShortcutId): (() => void) | null {
  const handler = registered.findLast((handlers) => handlers[id])?.[id];
  if (!handler) return null;
  if (typeof handler === 'function') return handler;
  return handler.when() ? handler.run : null;
}

/** Answers shortcuts for as long as the component that calls this is there. */
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

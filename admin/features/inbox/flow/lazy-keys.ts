import { getOwner, onCleanup, runWithOwner } from 'solid-js';
import { loadAfterFirstScreen } from '../../../lib/ahead.ts';
import { tellUnloaded } from '../../../lib/new-version.ts';
import { t } from '../../../texts/common.ts';
import { actionOf, useShortcuts } from '../../shortcuts/shortcuts.ts';
import type { ShortcutId } from '../../shortcuts/table.ts';
import type { InboxContextValue } from '../context.ts';

/** The commands of keys.ts that an agent may press first. */
const COMMANDS: readonly ShortcutId[] = [
  'assign',
  'department',
  'priority',
  'label',
  'snooze',
  'claim',
  'close',
  'reopen',
];

/**
 * The keys for conversations. Their code loads after the first screen, or with the first of these
 * keys.
 */
export function useLazyTriageKeys(
  context: Pick<InboxContextValue, 'inbox' | 'directory' | 'selection' | 'flow'>,
): void {
  const owner = getOwner();
  let isHere = true;
  let isLoaded = false;
  onCleanup(() => {
    isHere = false;
  });

  async function load(): Promise<void> {
    const { useTriageKeys } = await import('./keys.ts');
    if (!isHere || isLoaded) return;
    isLoaded = true;
    runWithOwner(owner, () => useTriageKeys(context));
  }

  const run = (id: ShortcutId) => () =>
    void load().then(
      () => isLoaded && actionOf(id)?.run(),
      () => tellUnloaded(t.actionNotLoaded),
    );
  useShortcuts(Object.fromEntries(COMMANDS.map((id) => [id, run(id)])));
  loadAfterFirstScreen(load);
}

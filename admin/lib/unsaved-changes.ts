import { useBeforeLeave } from '@solidjs/router';
import { type Accessor, onCleanup, onMount } from 'solid-js';
import { t } from '../texts/start.ts';

/**
 * Asks for confirmation before unsaved changes are lost by following a link or closing the page
 * (P9).
 */
export function warnBeforeLeaving(
  changed: Accessor<boolean>,
  onLeave: () => void = () => undefined,
): void {
  useBeforeLeave((event) => {
    if (!changed() || event.defaultPrevented) return;
    event.preventDefault();
    if (!confirm(t.saving.leave)) return;
    onLeave();
    event.retry(true);
  });
  const onUnload = (event: BeforeUnloadEvent) => {
    if (changed()) event.preventDefault();
  };
  onMount(() => addEventListener('beforeunload', onUnload));
  onCleanup(() => removeEventListener('beforeunload', onUnload));
}

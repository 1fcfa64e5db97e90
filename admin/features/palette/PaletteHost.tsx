import { createEffect, createSignal, on, Show } from 'solid-js';
import { lazily } from '../../lib/lazily.tsx';
import { tellUnloaded } from '../../lib/new-version.ts';
import { t } from '../../texts/common.ts';
import { useSession } from '../session/session.ts';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { holdKeys } from './hold-keys.ts';
import type { Level } from './level.ts';
import { type FirstLevel, openPalette, request } from './open.ts';

/** `level`: the list that it opens at; null for all commands. `pressed`: keys to begin with. */
export type PaletteProps = { level: Level | null; pressed: readonly string[]; onClose(): void };

const Palette = lazily(() => import('./Palette.tsx'));

/** Opens the command menu. */
export function PaletteHost() {
  const { signOut } = useSession();
  const [shown, setShown] = createSignal<Omit<PaletteProps, 'onClose'> | null>(null);

  async function show(first: FirstLevel): Promise<void> {
    const release = holdKeys();
    try {
      const [level] = await Promise.all([first?.() ?? null, Palette.preload()]);
      setShown({ level, pressed: release() });
    } catch {
      release();
      void tellUnloaded(t.actionNotLoaded);
    }
  }

  createEffect(on(request, (next) => next && void show(next.first), { defer: true }));
  useShortcuts({ palette: () => openPalette(), signOut: () => void signOut() });

  return (
    <Show when={shown()} keyed>
      {(props) => <Palette {...props} onClose={() => setShown(null)} />}
    </Show>
  );
}

import { type Component, createEffect, createSignal, on, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { tellUnloaded } from '../../lib/new-version.ts';
import { useSession } from '../session/session.ts';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { holdKeys } from './hold-keys.ts';
import type { Level } from './level.ts';
import { type FirstLevel, openPalette, request } from './open.ts';

/** `level`: the list that it opens at; null for all commands. `pressed`: keys to begin with. */
export type PaletteProps = { level: Level | null; pressed: readonly string[]; onClose(): void };

/** Opens the command menu. Its code loads with the first use. */
export function PaletteHost() {
  const { signOut } = useSession();
  const [Loaded, setLoaded] = createSignal<Component<PaletteProps>>();
  const [shown, setShown] = createSignal<Omit<PaletteProps, 'onClose'> | null>(null);

  async function show(first: FirstLevel): Promise<void> {
    const release = holdKeys();
    try {
      const [{ default: Palette }, level] = await Promise.all([
        import('./Palette.tsx'),
        first?.() ?? null,
      ]);
      setLoaded(() => Palette);
      setShown({ level, pressed: release() });
    } catch {
      release();
      void tellUnloaded('Couldn’t load the command menu. Check your connection.');
    }
  }

  createEffect(on(request, (next) => next && void show(next.first), { defer: true }));
  useShortcuts({ palette: () => openPalette(), signOut: () => void signOut() });

  return (
    <Show when={shown()} keyed>
      {(props) => <Dynamic component={Loaded()} {...props} onClose={() => setShown(null)} />}
    </Show>
  );
}

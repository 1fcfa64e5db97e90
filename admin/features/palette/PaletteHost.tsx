import { type Component, createSignal, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { tellUnloaded } from '../../lib/new-version.ts';
import { useSession } from '../session/session.ts';
import { useShortcuts } from '../shortcuts/shortcuts.ts';

/** Opens the command menu. Its code loads with the first use. */
export function PaletteHost() {
  const { signOut } = useSession();
  const [Loaded, setLoaded] = createSignal<Component<{ onClose(): void }>>();
  const [open, setOpen] = createSignal(false);

  async function show(): Promise<void> {
    try {
      const { default: Palette } = await import('./Palette.tsx');
      setLoaded(() => Palette);
      setOpen(true);
    } catch {
      void tellUnloaded('Couldn’t load the command menu. Check your connection.');
    }
  }

  useShortcuts({ palette: () => void show(), signOut: () => void signOut() });

  return (
    <Show when={open()}>
      <Dynamic component={Loaded()} onClose={() => setOpen(false)} />
    </Show>
  );
}

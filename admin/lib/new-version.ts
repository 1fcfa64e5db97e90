import { createSignal } from 'solid-js';
import { showToast } from './toasts.ts';

/**
 * Detects a version deployed while this tab is open; parts that are not loaded yet may be gone. The
 * script's name changes with every build, so the page's HTML identifies the version.
 */

/** `failed`: a part could not be loaded, and no new version explains it. */
type Loading = 'fine' | 'asking' | 'failed' | 'outdated';

const [loading, setLoading] = createSignal<Loading>('fine');

export { loading };

/** Minimum milliseconds between two checks after a reconnect. */
const LOOK_AGAIN = 5 * 60_000;
let lookedAt = Date.now();

/** The path of this page's script. */
const script = () =>
  document.querySelector<HTMLScriptElement>('script[type=module]')?.getAttribute('src');

const reload = () => location.reload();

/** Checks for a new version and offers to reload. Never throws. */
async function look(): Promise<boolean> {
  lookedAt = Date.now();
  try {
    const page = await fetch('/admin', { cache: 'no-cache' });
    const current = script();
    if (!current || !page.ok || (await page.text()).includes(current)) return false;
  } catch {
    return false;
  }
  setLoading('outdated');
  showToast({
    tone: 'plain',
    text: 'A new version of Foyer is available. Drafts are saved.',
    action: { label: 'Reload', run: reload },
    stays: true,
  });
  return true;
}

/** Called when a socket reconnects, as after a deployment. */
export function lookAfterReconnect(): void {
  if (Date.now() - lookedAt > LOOK_AGAIN) void look();
}

/**
 * Shows that a part could not be loaded, unless a new version explains it. It offers to reload,
 * since some browsers never retry a failed import.
 */
export async function tellUnloaded(text: string): Promise<void> {
  if (await look()) return;
  showToast({ tone: 'bad', text, action: { label: 'Reload', run: reload } });
}

// Vite fires this for every failed import, before the caller's promise rejects.
addEventListener('vite:preloadError', () => {
  setLoading('asking');
  void look().then((outdated) => {
    if (!outdated) setLoading('failed');
  });
});

import { createSignal } from 'solid-js';
import { showToast } from './toasts.ts';

/**
 * A new version was deployed while this tab is open: parts that it has not loaded yet may be gone. The
 * page names its script, whose name changes with every build, so the page says which version there is.
 */

/** `failed`: a part could not be loaded, and there is no new version that explains it. */
type Loading = 'fine' | 'asking' | 'failed' | 'outdated';

const [loading, setLoading] = createSignal<Loading>('fine');

export { loading };

/** Milliseconds between two looks that nothing but a reconnected socket asked for. */
const LOOK_AGAIN = 5 * 60_000;
let lookedAt = Date.now();

/** The path of this page's script. */
const script = () =>
  document.querySelector<HTMLScriptElement>('script[type=module]')?.getAttribute('src');

const reload = () => location.reload();

/** Asks the server whether there is a new version, and offers to load it. Never throws. */
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

/** A socket opened again, as after a deployment. */
export function lookAfterReconnect(): void {
  if (Date.now() - lookedAt > LOOK_AGAIN) void look();
}

/**
 * A part could not be loaded: says so, unless it is because of a new version, which says it better. Some
 * browsers never try a failed import again, so it offers to load the page.
 */
export async function tellUnloaded(text: string): Promise<void> {
  if (await look()) return;
  showToast({ tone: 'bad', text, action: { label: 'Reload', run: reload } });
}

// What Vite says of every import that failed, and before its caller hears of it.
addEventListener('vite:preloadError', () => {
  setLoading('asking');
  void look().then((outdated) => {
    if (!outdated) setLoading('failed');
  });
});

import { createSignal, onCleanup, onMount } from 'solid-js';
import { showToast } from '../../lib/toasts.ts';
import type { Tray } from './lazy/tray.ts';

/** By conversation. What is on its way stays so when the agent goes to another one. */
const trays = new Map<string, Tray>();

/** Where a paste or a drop is somebody else's. */
const ELSEWHERE = 'input, dialog';

/**
 * Files that go with a reply: chosen, pasted, or dropped anywhere on the page. What handles them
 * loads with the first one.
 *
 * @param refusal why none can be taken now, or null
 */
export function createAttaching(id: string, refusal: () => string | null, done: () => void) {
  const [tray, setTray] = createSignal(trays.get(id) ?? null);
  const [dropping, setDropping] = createSignal(false);

  async function add(files: readonly File[]): Promise<void> {
    const why = refusal();
    if (why) return showToast({ tone: 'bad', text: why });
    try {
      const { createTray } = await import('./lazy/tray.ts');
      const its = trays.get(id) ?? createTray(id);
      trays.set(id, its);
      its.add(files);
      setTray(() => its);
      done();
    } catch {
      showToast({ tone: 'bad', text: 'Files cannot be added offline.' });
    }
  }

  function pick(): void {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.onchange = () => void add([...(input.files ?? [])]);
    input.click();
  }

  function take(event: Event, data: DataTransfer | null): void {
    setDropping(false);
    const files = [...(data?.files ?? [])];
    const { target } = event;
    if (files.length === 0 || (target instanceof Element && target.closest(ELSEWHERE))) return;
    event.preventDefault();
    void add(files);
  }

  onMount(() => {
    const heard = new AbortController();
    const { signal } = heard;
    addEventListener('paste', (event) => take(event, event.clipboardData), { signal });
    addEventListener('drop', (event) => take(event, event.dataTransfer), { signal });
    addEventListener(
      'dragover',
      (event) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        // Else the browser would show the file in place of the dashboard.
        event.preventDefault();
        setDropping(true);
      },
      { signal },
    );
    // Nothing is entered next: it has left the window.
    addEventListener('dragleave', (event) => event.relatedTarget ?? setDropping(false), { signal });
    onCleanup(() => heard.abort());
  });

  return { tray, dropping, pick };
}

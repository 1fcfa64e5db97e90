import { createSignal, onCleanup, onMount } from 'solid-js';
import { type Brought, brought } from '../../../protocol/client/transfer.ts';
import { typeText } from '../../../protocol/client/type-text.ts';
import { tellUnloaded } from '../../lib/new-version.ts';
import { showToast } from '../../lib/toasts.ts';
import type { Tray } from './tray.ts';

/** By conversation. What is on its way stays so when the agent goes to another one. */
const trays = new Map<string, Tray>();

type Deps = {
  conversationId: string;
  /** Where the reply, or the note, is written. */
  field: () => HTMLTextAreaElement | undefined;
  /** Why no file can be taken now, or null. */
  refusal: () => string | null;
};

/**
 * Files that go with a reply: chosen, pasted, or dropped anywhere on the page. A text that is dropped
 * beside the fields goes into the reply. What handles them loads with the first one.
 */
export function createAttaching({ conversationId, field, refusal }: Deps) {
  const [tray, setTray] = createSignal(trays.get(conversationId) ?? null);
  const [dropping, setDropping] = createSignal(false);

  async function take(taken: Brought): Promise<void> {
    const why = taken.files.length > 0 ? refusal() : null;
    if (why) return showToast({ tone: 'bad', text: why });
    try {
      const { createTray, readBrought } = await import('./tray.ts');
      const { files, refused, text } = readBrought(taken);
      if (refused) showToast({ tone: 'bad', text: refused });
      const area = field();
      if (area && text) typeText(area, text);
      if (files.length === 0) return;
      const own = trays.get(conversationId) ?? createTray(conversationId);
      trays.set(conversationId, own);
      own.add(files);
      setTray(() => own);
      field()?.focus();
    } catch {
      void tellUnloaded('Files cannot be added offline.');
    }
  }

  function pick(): void {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.onchange = () => void take({ files: [...(input.files ?? [])] });
    input.click();
  }

  function onTransfer(event: Event): void {
    const taken = brought(event, field());
    setDropping(event.type === 'dragover' && taken !== null && hasFiles(event));
    if (taken === null || event.type === 'dragover') return;
    // A dialog has its own concerns; what is dropped on it is only kept from replacing the page.
    if (event.target instanceof Element && event.target.closest('dialog')) return;
    void take(taken);
  }

  onMount(() => {
    const listeners = new AbortController();
    for (const type of ['paste', 'drop', 'dragover']) {
      addEventListener(type, onTransfer, listeners);
    }
    // Nothing is entered next: it has left the window.
    addEventListener('dragleave', (event) => event.relatedTarget ?? setDropping(false), listeners);
    onCleanup(() => listeners.abort());
  });

  return { tray, dropping, pick };
}

const hasFiles = (event: Event) =>
  event instanceof DragEvent && event.dataTransfer?.types.includes('Files') === true;

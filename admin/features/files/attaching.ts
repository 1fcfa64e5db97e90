import { createSignal, onCleanup, onMount } from 'solid-js';
import { type Brought, brought } from '../../../protocol/client/input/transfer.ts';
import { typeText } from '../../../protocol/client/input/type-text.ts';
import { tellUnloaded } from '../../lib/new-version.ts';
import { showToast } from '../../lib/toasts.ts';
import type { Attachments } from './attachment-tray.ts';

/** Uploads continue when the agent switches to another conversation. */
const trayByConversation = new Map<string, Attachments>();

type Deps = {
  conversationId: string;
  /** The field of the reply or the note. */
  field: () => HTMLTextAreaElement | undefined;
  /** Why no file can be attached, or null. */
  refusal: () => string | null;
};

/**
 * Attaches files to a reply: chosen, pasted, or dropped anywhere on the page. Text dropped outside
 * of a field goes into the reply. The code loads with the first file.
 */
export function createAttaching({ conversationId, field, refusal }: Deps) {
  const [tray, setTray] = createSignal(trayByConversation.get(conversationId) ?? null);
  const [dropping, setDropping] = createSignal(false);

  async function add(transfer: Brought): Promise<void> {
    const why = transfer.files.length > 0 ? refusal() : null;
    if (why) return showToast({ tone: 'bad', text: why });
    try {
      const { createAttachmentTray: createTray, readTransfer: readBrought } = await import(
        './attachment-tray.ts'
      );
      const { files, refused, text } = readBrought(transfer);
      if (refused) showToast({ tone: 'bad', text: refused });
      const area = field();
      if (area && text) typeText(area, text);
      if (files.length === 0) return;
      const tray = trayByConversation.get(conversationId) ?? createTray(conversationId);
      trayByConversation.set(conversationId, tray);
      tray.add(files);
      setTray(() => tray);
      field()?.focus();
    } catch {
      void tellUnloaded('You can’t add files offline.');
    }
  }

  function pick(): void {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.onchange = () => void add({ files: [...(input.files ?? [])] });
    input.click();
  }

  function onTransfer(event: Event): void {
    const transfer = brought(event, field());
    setDropping(event.type === 'dragover' && transfer !== null && hasFiles(event));
    if (transfer === null || event.type === 'dragover') return;
    // A drop on a dialog is only prevented from replacing the page.
    if (event.target instanceof Element && event.target.closest('dialog')) return;
    void add(transfer);
  }

  onMount(() => {
    const listeners = new AbortController();
    for (const type of ['paste', 'drop', 'dragover']) {
      addEventListener(type, onTransfer, listeners);
    }
    // Without a related target, the drag left the window.
    addEventListener('dragleave', (event) => event.relatedTarget ?? setDropping(false), listeners);
    onCleanup(() => listeners.abort());
  });

  return { tray, dropping, pick };
}

const hasFiles = (event: Event) =>
  event instanceof DragEvent && event.dataTransfer?.types.includes('Files') === true;

import { type Accessor, createRoot, createSignal } from 'solid-js';
import type { Brought } from '../../../protocol/client/input/transfer.ts';
import { contentsOf } from '../../../protocol/client/input/transfer-contents.ts';
import {
  createUpload,
  failureOf,
  type UploadState,
} from '../../../protocol/client/input/upload.ts';
import { uuidv7 } from '../../../protocol/client/uuid.ts';
import { FILE_REFUSALS } from '../../../protocol/files.ts';
import { reportSignedOut } from '../../api/http.ts';
import { filesPath } from './api.ts';

/** `chosen`: sent with the reply. `queued`: waits for the files before it. */
export type ItemState = UploadState | { at: 'chosen' } | { at: 'queued' };

export type Item = { id: string; file: File; state: Accessor<ItemState> };

type TrayItem = Item & { send(): Promise<void>; stop(): void; queue(): void };

/** The codes of a 401: the session has ended. */
const SIGNED_OUT = ['unauthorized', 'session_expired'];

/** Ids of the files in all trays, which a reload would lose. */
const unsent = new Set<string>();
addEventListener('beforeunload', (event) => {
  if (unsent.size > 0) event.preventDefault();
});

/** The unsent files of one conversation. */
export function createAttachmentTray(conversationId: string) {
  const [items, setItems] = createRoot(() => createSignal<readonly TrayItem[]>([]));
  let sending = false;

  function toTrayItem(file: File): TrayItem {
    const id = uuidv7();
    const failure = failureOf(file);
    const [state, setState] = createSignal<ItemState>(
      failure ? { at: 'failed', ...failure } : { at: 'chosen' },
    );
    const upload = createUpload({
      id,
      file,
      path: filesPath(conversationId),
      changed(next) {
        setState(next);
        if (next.at === 'sent') remove(id);
        if (next.at === 'failed' && SIGNED_OUT.includes(next.code)) {
          reportSignedOut();
        }
      },
    });
    return { id, file, state, ...upload, queue: () => setState({ at: 'queued' }) };
  }

  function remove(id: string): void {
    items()
      .find((item) => item.id === id)
      ?.stop();
    unsent.delete(id);
    setItems(items().filter((item) => item.id !== id));
  }

  /** Sends one after another, so that the files arrive in the order in which they were chosen. */
  async function sendQueued(): Promise<void> {
    if (sending) return;
    sending = true;
    for (let next = queued(); next; next = queued()) await next.send();
    sending = false;
  }
  const queued = () => items().find(({ state }) => state().at === 'queued');

  return {
    items: (): readonly Item[] => items(),
    add(files: readonly File[]): void {
      const added = files.map(toTrayItem);
      for (const { id } of added) unsent.add(id);
      setItems([...items(), ...added]);
    },
    /** Whether a file waits for the reply. */
    hasChosen: () => items().some(({ state }) => state().at === 'chosen'),
    /** Sends the chosen files. */
    send(): void {
      for (const item of items()) if (item.state().at === 'chosen') item.queue();
      void sendQueued();
    },
    retry(id: string): void {
      items()
        .find((item) => item.id === id)
        ?.queue();
      void sendQueued();
    },
    remove,
  };
}

export type Attachments = ReturnType<typeof createAttachmentTray>;

/** The contents of a paste or drop, and the sentence for refused files. */
export function readTransfer(transfer: Brought) {
  const { refused, ...rest } = contentsOf(transfer);
  return { ...rest, refused: refused && FILE_REFUSALS[refused] };
}

import { createEffect, createSignal, onCleanup, Show } from 'solid-js';
import { sizeOfPicture, uploadFile } from '../../../protocol/client/upload.ts';
import { uuidv7 } from '../../../protocol/client/uuid.ts';
import { MAX_FILE_BYTES } from '../../../protocol/limits.ts';
import type { LiveConversation } from '../state/conversation.ts';
import type { Model } from '../state/model.ts';
import { Each } from '../ui/each.tsx';
import { Icon } from '../ui/icon.tsx';
import ui from '../ui/ui.module.css';
import controls from './controls.module.css';
import { fill, r } from './strings.ts';
import css from './uploads.module.css';

type Upload = { id: string; file: File };

/** Files on their way, above the composer: each with its progress, and a way to stop or try again. */
export function Uploads(props: {
  model: Model;
  live: LiveConversation;
  /** Those that were added last. */
  added: readonly File[];
}) {
  const [uploads, setUploads] = createSignal<Upload[]>([]);
  createEffect(() => {
    const added = props.added.map((file) => ({ id: uuidv7(), file }));
    setUploads((before) => [...before, ...added]);
  });
  const remove = (upload: Upload) => setUploads(uploads().filter((one) => one !== upload));
  return (
    <ul class={css.list}>
      <Each of={uploads()}>
        {(upload) => (
          <Row model={props.model} live={props.live} upload={upload} done={() => remove(upload)} />
        )}
      </Each>
    </ul>
  );
}

function Row(props: { model: Model; live: LiveConversation; upload: Upload; done(): void }) {
  const { model, live, upload, done } = props;
  const { file, id } = upload;
  const [share, setShare] = createSignal(0);
  const [failed, setFailed] = createSignal('');
  let stop = new AbortController();
  onCleanup(() => stop.abort());

  async function send(): Promise<void> {
    setFailed('');
    if (file.size > MAX_FILE_BYTES) return void setFailed(r.tooLarge);
    stop = new AbortController();
    const { signal } = stop;
    try {
      // The name of the message stays: tried again, it is sent once (P4).
      const query = { id, name: file.name, ...(await sizeOfPicture(file)) };
      for (const renew of [false, true]) {
        const [, token] = await model.session.protocols(renew);
        const path = `/api/widget/conversations/${live.id}/files`;
        const headers = { authorization: `Bearer ${token}` };
        const status = await uploadFile({ path, query, file, headers, signal, progress: setShare });
        if (status === 401 && !renew) continue;
        if (status >= 300) setFailed(status === 413 ? r.tooLarge : r.notTaken);
        else done();
        return;
      }
    } catch {
      if (!signal.aborted) setFailed(r.problems.network);
    }
  }
  void send();

  return (
    <li class={css.row}>
      <span class={css.name} dir="auto">
        {file.name}
      </span>
      <Show
        when={failed()}
        fallback={
          <progress max="1" value={share()} aria-label={fill(r.uploading, { name: file.name })} />
        }
      >
        <span class={css.error} role="alert">
          {failed()}
        </span>
        <Show when={file.size <= MAX_FILE_BYTES}>
          <button type="button" class={controls.link} onClick={() => void send()}>
            {r.retry}
          </button>
        </Show>
      </Show>
      <button type="button" class={ui.icon} aria-label={r.cancel} onClick={done}>
        <Icon name="close" />
      </button>
    </li>
  );
}

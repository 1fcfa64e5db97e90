import { createEffect, createSignal, onCleanup, Show } from 'solid-js';
import { createUpload, type UploadState } from '../../../protocol/client/upload.ts';
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
export default function Uploads(props: {
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
  const [state, setState] = createSignal<UploadState>({ at: 'sending', share: 0 });
  const sending = createUpload({
    id,
    file,
    path: `/api/widget/conversations/${live.id}/files`,
    async headers(renew) {
      const [, token] = await model.session.protocols(renew);
      return { authorization: `Bearer ${token}` };
    },
    changed(next) {
      setState(next);
      if (next.at === 'sent') done();
    },
  });
  onCleanup(sending.stop);
  void sending.send();

  const share = () => {
    const now = state();
    return now.at === 'sending' ? now.share : 0;
  };
  const failed = () => {
    const now = state();
    if (now.at !== 'failed') return '';
    if (now.why === 'too_large') return r.tooLarge;
    return now.why === 'refused' ? r.notTaken : r.problems.network;
  };

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
          <button type="button" class={controls.link} onClick={() => void sending.send()}>
            {r.retry}
          </button>
        </Show>
      </Show>
      <button type="button" class={ui.icon} aria-label={r.cancel} onClick={() => done()}>
        <Icon name="close" />
      </button>
    </li>
  );
}

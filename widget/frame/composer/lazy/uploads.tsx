import { createEffect, createSignal, onCleanup, Show } from 'solid-js';
import type { Brought } from '../../../../protocol/client/input/transfer.ts';
import { contentsOf } from '../../../../protocol/client/input/transfer-contents.ts';
import { typeText } from '../../../../protocol/client/input/type-text.ts';
import {
  createUpload,
  type UploadFailure,
  type UploadState,
} from '../../../../protocol/client/input/upload.ts';
import { uuidv7 } from '../../../../protocol/client/uuid.ts';
import { type FileRefusal, isFileRefusal } from '../../../../protocol/files.ts';
import controls from '../../forms/lazy/controls.module.css';
import type { LiveConversation } from '../../state/conversation.ts';
import type { Model } from '../../state/model.ts';
import { Each } from '../../ui/each.tsx';
import { Icon } from '../../ui/icon.tsx';
import { fill, knownText, r } from '../../ui/lazy/texts.ts';
import ui from '../../ui/ui.module.css';
import css from './uploads.module.css';

/** A file, or the reason why an added item cannot be sent. */
type Added = { id: string; file: File } | { id: string; refused: FileRefusal };

/**
 * Uploads above the composer, each with its progress and buttons to stop it or try again. Text that was
 * pasted or dropped without files goes into the composer.
 */
export default function Uploads(props: {
  model: Model;
  live: LiveConversation;
  /** What was added last. */
  added: Brought;
}) {
  const [rows, setRows] = createSignal<Added[]>([]);
  /** Uploads run one after the other, so that files arrive in the order they were added. */
  let turn = Promise.resolve();
  const inTurn = (send: () => Promise<void>) => {
    turn = turn.then(send);
  };
  createEffect(() => {
    const { files, refused, text } = contentsOf(props.added);
    const added: Added[] = files.map((file) => ({ id: uuidv7(), file }));
    if (refused) added.push({ id: uuidv7(), refused });
    setRows((before) => [...before, ...added]);
    const area = document.querySelector<HTMLTextAreaElement>('main>form textarea');
    if (area && text) typeText(area, text);
  });
  const remove = (row: Added) => setRows(rows().filter((other) => other !== row));
  return (
    <Show when={rows()[0]}>
      <ul class={css.list}>
        <Each of={rows()}>
          {(row) =>
            'file' in row ? (
              <Row
                model={props.model}
                live={props.live}
                inTurn={inTurn}
                upload={row}
                done={() => remove(row)}
              />
            ) : (
              <li class={css.row}>
                <span class={css.error} role="alert">
                  {r.files[row.refused]}
                </span>
                <Dismiss done={() => remove(row)} />
              </li>
            )
          }
        </Each>
      </ul>
    </Show>
  );
}

function Dismiss(props: { done(): void }) {
  return (
    <button type="button" class={ui.icon} aria-label={r.cancel} onClick={() => props.done()}>
      <Icon name="close" />
    </button>
  );
}

/** Why a file was not sent; the Worker's message where there is no text for its code. */
function failureText({ code, message }: UploadFailure): string {
  if (isFileRefusal(code)) return r.files[code];
  // Their texts are about messages, or missing.
  if (code === 'validation_failed' || code === 'files_unavailable') return r.notTaken;
  return knownText(code) ?? message ?? r.notTaken;
}

function Row(props: {
  model: Model;
  live: LiveConversation;
  upload: { id: string; file: File };
  inTurn(send: () => Promise<void>): void;
  done(): void;
}) {
  const { model, live, upload, done } = props;
  const { file, id } = upload;
  const [state, setState] = createSignal<UploadState>({ at: 'sending', share: 0 });
  let removed = false;
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
      else if (next.at === 'failed' && next.siteKey) void check(next.siteKey);
    },
  });
  /** Shows the human check, and sends the file again once it is passed. */
  async function check(siteKey: string): Promise<void> {
    const { default: pass } = await import('../../forms/lazy/human-check.tsx');
    if ((await pass(siteKey)) && !removed) await sending.send();
  }
  onCleanup(() => {
    removed = true;
    sending.stop();
  });
  props.inTurn(async () => {
    if (!removed) await sending.send();
  });

  const share = () => {
    const current = state();
    return current.at === 'sending' ? current.share : 0;
  };
  const failure = () => {
    const current = state();
    return current.at === 'failed' ? current : null;
  };

  return (
    <li class={css.row}>
      <span class={css.name} dir="auto">
        {file.name}
      </span>
      <Show
        when={failure()}
        fallback={
          <progress max="1" value={share()} aria-label={fill(r.uploading, { name: file.name })} />
        }
      >
        {(failed) => (
          <>
            <span class={css.error} role="alert">
              {failureText(failed())}
            </span>
            <Show when={failed().retriable}>
              <button type="button" class={controls.link} onClick={() => void sending.send()}>
                {r.retry}
              </button>
            </Show>
          </>
        )}
      </Show>
      <Dismiss done={done} />
    </li>
  );
}

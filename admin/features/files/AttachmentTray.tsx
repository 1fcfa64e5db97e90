import { createSignal, For, onMount, Show } from 'solid-js';
import { readableSize } from '../../../protocol/client/input/upload.ts';
import { FILE_REFUSALS, isFileRefusal } from '../../../protocol/files.ts';
import { IconButton } from '../../components/Button.tsx';
import styles from './AttachmentTray.module.css';
import type { Attachments, Item } from './attachment-tray.ts';
import { FileIcon } from './FileIcon.tsx';

/** The files attached to the reply, and those being sent. */
export default function AttachmentTray(props: { tray: Attachments }) {
  return (
    <ul class={styles.tray} aria-label="Files to send">
      <For each={props.tray.items()}>
        {(item) => (
          <Row
            item={item}
            onRetry={() => props.tray.retry(item.id)}
            onRemove={() => props.tray.remove(item.id)}
          />
        )}
      </For>
    </ul>
  );
}

function Row(props: { item: Item; onRetry(): void; onRemove(): void }) {
  const { file, state } = props.item;
  const sending = () => {
    const now = state();
    return now.at === 'sending' ? now : null;
  };
  const failed = () => {
    const now = state();
    if (now.at !== 'failed') return null;
    if (isFileRefusal(now.code)) return FILE_REFUSALS[now.code];
    if (now.code === 'network') return 'Not sent. Couldn’t reach the server.';
    return `Not sent. ${now.message ?? ''}`;
  };
  const retriable = () => {
    const now = state();
    return now.at === 'failed' && now.retriable;
  };
  const detail = () => {
    const size = readableSize(file.size, 'en');
    const now = sending();
    if (now) return `${Math.round(now.share * 100)} % of ${size}`;
    return state().at === 'queued' ? `${size} · waits` : size;
  };

  return (
    <li class={styles.row}>
      <Preview file={file} />
      <span class={styles.name} dir="auto" title={file.name}>
        {file.name}
      </span>
      <Show when={failed()} fallback={<span class={styles.detail}>{detail()}</span>}>
        {(why) => (
          <span class={styles.failed} role="alert">
            {why()}
          </span>
        )}
      </Show>
      <Show when={sending()}>
        {(now) => (
          <progress
            class={styles.progress}
            max="1"
            value={now().share}
            aria-label={`Sending ${file.name}`}
          />
        )}
      </Show>
      <Show when={retriable()}>
        <button type="button" class={styles.retry} onClick={() => props.onRetry()}>
          Try again
        </button>
      </Show>
      <IconButton
        icon="close"
        label={sending() ? `Cancel ${file.name}` : `Remove ${file.name}`}
        class={styles.remove}
        onClick={() => props.onRemove()}
      />
    </li>
  );
}

/** The side of a preview in pixels: twice the shown size, for high-density screens. */
const SIDE = 64;

/** An image cropped to a square. It is drawn on a canvas, since our CSP allows no `blob:` URLs. */
function Preview(props: { file: File }) {
  const isImage = props.file.type.startsWith('image/');
  const [drawn, setDrawn] = createSignal(false);
  let canvas: HTMLCanvasElement | undefined;

  onMount(async () => {
    if (!isImage) return;
    // If the image cannot be drawn, the file icon stays.
    const bitmap = await createImageBitmap(props.file).catch(() => null);
    if (!bitmap) return;
    const { width, height } = bitmap;
    const side = Math.min(width, height);
    const [x, y] = [(width - side) / 2, (height - side) / 2];
    canvas?.getContext('2d')?.drawImage(bitmap, x, y, side, side, 0, 0, SIDE, SIDE);
    bitmap.close();
    setDrawn(true);
  });
  return (
    <span class={styles.preview}>
      <canvas ref={canvas} class={styles.canvas} width={SIDE} height={SIDE} hidden={!drawn()} />
      <Show when={!drawn()}>
        <FileIcon picture={isImage} />
      </Show>
    </span>
  );
}

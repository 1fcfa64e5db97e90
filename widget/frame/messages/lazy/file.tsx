import { createSignal, onMount, Show } from 'solid-js';
import { readableSize } from '../../../../protocol/client/input/upload.ts';
import { createFileLink } from '../../../../protocol/client/message/file-link.ts';
import type { Message, MessageFile } from '../../../../protocol/conversation/message.ts';
import { fitted, isImage } from '../../../../protocol/images.ts';
import chat from '../../chat/chat.module.css';
import { shared } from '../../state/model.ts';
import { language } from '../../strings/index.ts';
import { fill, r } from '../../ui/lazy/texts.ts';
import css from './file.module.css';

/** The largest size of a picture in the chat, in pixels. */
const MAX_SIZE = { width: 260, height: 300 };

/** A link to the file of a message. */
function linkTo(seq: number) {
  const view = shared.view();
  const id = view.name === 'transcript' ? view.item.id : shared.chat()?.id;
  return createFileLink(() => shared.session.call(`conversations/${id}/files/${seq}`));
}

/** A picture, or a document to download. */
export default function FileBody(props: { message: Message }) {
  const { message } = props;
  const { file } = message;
  if (!file) return <p class={css.gone}>{r.deleted}</p>;
  return (
    <div class={chat.bubble}>
      <Show when={isImage(file.type)} fallback={<Document file={file} seq={message.seq} />}>
        <ImageFile file={file} seq={message.seq} />
      </Show>
      <Show when={message.body}>
        <p dir="auto">{message.body}</p>
      </Show>
    </div>
  );
}

type FileProps = { file: MessageFile; seq: number };

function ImageFile(props: FileProps) {
  const { file, seq } = props;
  const link = linkTo(seq);
  const size = fitted(file, MAX_SIZE);
  const [url, setUrl] = createSignal<string>();
  const [failed, setFailed] = createSignal(false);
  let tries = 0;

  /** Links expire, so it tries twice; after that the picture itself is missing. */
  async function load(): Promise<void> {
    tries += 1;
    try {
      if (tries > 2) throw new Error('It does not load.');
      setUrl(await link.get(tries > 1));
    } catch {
      setFailed(true);
    }
  }
  onMount(() => void load());
  /** Gets a new link: the old one may have expired. */
  const renew = () => void link.get().then(setUrl, () => {});
  return (
    <Show when={!failed()} fallback={<Document file={file} seq={seq} />}>
      <a
        ref={(anchor) => {
          // Reserves the space before the picture loads.
          anchor.style.width = `${size.width}px`;
          anchor.style.aspectRatio = `${size.width} / ${size.height}`;
        }}
        class={css.picture}
        href={url()}
        target="_blank"
        rel="noopener noreferrer"
        onPointerEnter={renew}
        onFocus={renew}
      >
        <img
          src={url()}
          alt={fill(r.picture, { name: file.name })}
          onError={() => url() && void load()}
        />
      </a>
    </Show>
  );
}

function Document(props: FileProps) {
  const { file, seq } = props;
  const link = linkTo(seq);
  const [failed, setFailed] = createSignal(false);

  async function download(): Promise<void> {
    setFailed(false);
    try {
      const anchor = document.createElement('a');
      anchor.href = await link.get();
      anchor.download = file.name;
      anchor.click();
    } catch {
      setFailed(true);
    }
  }
  return (
    <button
      type="button"
      class={css.document}
      aria-label={fill(r.download, { name: file.name })}
      onClick={() => void download()}
    >
      <span class={css.name} dir="auto">
        {file.name}
      </span>
      <small>{failed() ? r.unreachable : readableSize(file.size, language)}</small>
    </button>
  );
}

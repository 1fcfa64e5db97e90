import { createSignal, onMount, Show } from 'solid-js';
import { readableSize } from '../../../protocol/client/upload.ts';
import type { Message, MessageFile } from '../../../protocol/message.ts';
import chat from '../chat/chat.module.css';
import { shared } from '../state/model.ts';
import { language } from '../strings/index.ts';
import css from './file.module.css';
import { fill, r } from './strings.ts';

/** Asks for a link to the file of a message that shows; each is good for some minutes. */
function linkTo(seq: number): Promise<{ url: string }> {
  const view = shared.view();
  const id = view.name === 'transcript' ? view.item.id : shared.chat()?.id;
  return shared.session.call(`conversations/${id}/files/${seq}`);
}

/** Types that the Worker serves in place; anything else is a download. */
const isPicture = ({ type }: MessageFile) => /^image\/(png|jpeg|gif|webp|avif)$/.test(type);

/** A picture in place, or a document to download. */
export default function FileBody(props: { message: Message }) {
  const { message } = props;
  const { file } = message;
  if (!file) return <p class={css.gone}>{r.deleted}</p>;
  return (
    <div class={chat.bubble}>
      <Show when={isPicture(file)} fallback={<Document file={file} seq={message.seq} />}>
        <Picture file={file} seq={message.seq} />
      </Show>
      <Show when={message.body}>
        <p dir="auto">{message.body}</p>
      </Show>
    </div>
  );
}

type FileProps = { file: MessageFile; seq: number };

function Picture(props: FileProps) {
  const { file, seq } = props;
  const [url, setUrl] = createSignal<string>();
  const [failed, setFailed] = createSignal(false);
  let tries = 0;

  /** A link ends; the second time it is the picture that is gone. */
  async function load(): Promise<void> {
    tries += 1;
    try {
      if (tries > 2) throw new Error('It does not load.');
      setUrl((await linkTo(seq)).url);
    } catch {
      setFailed(true);
    }
  }
  onMount(() => void load());
  return (
    <Show when={!failed()} fallback={<Document file={file} seq={seq} />}>
      <a class={css.picture} href={url()} target="_blank" rel="noopener noreferrer">
        <img
          src={url()}
          alt={fill(r.picture, { name: file.name })}
          width={file.width ?? 240}
          height={file.height ?? 180}
          onError={() => url() && void load()}
        />
      </a>
    </Show>
  );
}

function Document(props: FileProps) {
  const { file, seq } = props;
  const [failed, setFailed] = createSignal(false);

  async function download(): Promise<void> {
    setFailed(false);
    try {
      const anchor = document.createElement('a');
      anchor.href = (await linkTo(seq)).url;
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

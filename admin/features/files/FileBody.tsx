import { createSignal, onCleanup, onMount, Show } from 'solid-js';
import { readableSize } from '../../../protocol/client/input/upload.ts';
import { createFileLink } from '../../../protocol/client/message/file-link.ts';
import type { MessageFile } from '../../../protocol/conversation/message.ts';
import { fitted, isImage } from '../../../protocol/images.ts';
import { describeError } from '../../api/http.ts';
import { fileLink } from './api.ts';
import styles from './FileBody.module.css';
import { FileIcon } from './FileIcon.tsx';
import { MOST_OF_PICTURE } from './FilePlaceholder.tsx';

type Link = ReturnType<typeof createFileLink>;

/** Links by message, so that a valid link is not requested again. */
const links = new Map<string, Link>();

function linkTo(conversation: string, seq: number): Link {
  const key = `${conversation}/${seq}`;
  const link = links.get(key) ?? createFileLink(() => fileLink(conversation, seq));
  links.set(key, link);
  return link;
}

/** The file of a message: an image is shown, any other file is a download. */
export default function FileBody(props: { conversation: string; seq: number; file: MessageFile }) {
  const { conversation, seq, file } = props;
  const link = linkTo(conversation, seq);
  const [isMissing, setIsMissing] = createSignal(false);
  return (
    <Show when={isImage(file.type) && !isMissing()} fallback={<Document file={file} link={link} />}>
      <Picture file={file} link={link} onGone={() => setIsMissing(true)} />
    </Show>
  );
}

/** An image loads when it is so many pixels from the visible part. */
const PRELOAD_MARGIN = '600px';

function Picture(props: { file: MessageFile; link: Link; onGone(): void }) {
  const { file, link } = props;
  const size = fitted(file, MOST_OF_PICTURE);
  const [url, setUrl] = createSignal<string>();
  let anchor: HTMLAnchorElement | undefined;
  let tries = 0;

  /**
   * If an image fails to load, the link may have expired; after a second failure, the file is gone.
   */
  async function load(): Promise<void> {
    tries += 1;
    try {
      if (tries > 2) throw new Error('Couldn’t load the file.');
      setUrl(await link.get(tries > 1));
    } catch {
      props.onGone();
    }
  }
  onMount(() => {
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        observer.disconnect();
        void load();
      },
      { rootMargin: PRELOAD_MARGIN },
    );
    if (anchor) observer.observe(anchor);
    onCleanup(() => observer.disconnect());
  });

  /** The link may have expired since the image was loaded. */
  async function open(event: MouseEvent): Promise<void> {
    if (link.now()) return;
    event.preventDefault();
    try {
      window.open(await link.get(), '_blank', 'noopener,noreferrer');
    } catch {
      props.onGone();
    }
  }

  return (
    <a
      ref={anchor}
      class={styles.picture}
      style={{ 'inline-size': `${size.width}px`, 'aspect-ratio': `${size.width} / ${size.height}` }}
      href={link.now() ?? url()}
      target="_blank"
      rel="noopener noreferrer"
      title={`${file.name} · ${readableSize(file.size, 'en')}`}
      onClick={(event) => void open(event)}
      onPointerDown={() => void link.get().catch(() => {})}
    >
      <img
        class={styles.image}
        src={url()}
        alt={`Image: ${file.name}`}
        decoding="async"
        onError={() => url() && void load()}
      />
    </a>
  );
}

/** Names of common file types. */
const TYPES: [start: string, name: string][] = [
  ['application/pdf', 'PDF'],
  ['application/zip', 'ZIP'],
  ['application/gzip', 'GZIP'],
  ['text/', 'Text'],
  ['image/', 'Image'],
  ['video/', 'Video'],
  ['audio/', 'Audio'],
];

const typeName = (type: string) => TYPES.find(([start]) => type.startsWith(start))?.[1] ?? 'File';

function Document(props: { file: MessageFile; link: Link }) {
  const { file } = props;
  const [problem, setProblem] = createSignal<string | null>(null);

  async function download(): Promise<void> {
    setProblem(null);
    try {
      const anchor = document.createElement('a');
      anchor.href = await props.link.get();
      anchor.download = file.name;
      anchor.click();
    } catch (error) {
      setProblem(describeError(error));
    }
  }

  return (
    <button
      type="button"
      class={styles.document}
      aria-label={`Download ${file.name}`}
      title={`Download ${file.name}`}
      onClick={() => void download()}
    >
      <span class={styles.sheet}>
        <FileIcon picture={false} />
      </span>
      <span class={styles.about}>
        <span class={styles.name} dir="auto">
          {file.name}
        </span>
        <span class={styles.detail} classList={{ [styles.problem ?? '']: problem() !== null }}>
          {problem() ?? `${typeName(file.type)} · ${readableSize(file.size, 'en')}`}
        </span>
      </span>
    </button>
  );
}

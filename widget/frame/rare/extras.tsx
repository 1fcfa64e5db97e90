import { createSignal, onCleanup, Show } from 'solid-js';
import type { LiveConversation } from '../state/conversation.ts';
import type { Model } from '../state/model.ts';
import ui from '../ui/ui.module.css';
import AskEmail from './ask-email.tsx';
import css from './extras.module.css';
import { r } from './strings.ts';
import { Uploads } from './uploads.tsx';

/**
 * What stands above the composer when it is asked for or due: files on their way, a question for an
 * address.
 */
export default function Extras(props: { model: Model; live: LiveConversation }) {
  const { model, live } = props;
  const [added, setAdded] = createSignal<readonly File[]>([]);
  const head = () => live.state().conversation;
  const isKnown = () => !!(live.widget_customer?.email || model.info()?.customer?.email);

  function attach(files: FileList | null | undefined, event: Event): void {
    if (!files?.length) return;
    event.preventDefault();
    setAdded([...files]);
  }
  const paste = (event: ClipboardEvent) => attach(event.clipboardData?.files, event);
  const drop = (event: DragEvent) => attach(event.dataTransfer?.files, event);
  // Else the browser would show a file that is dropped, in place of the chat.
  const over = (event: DragEvent) => event.preventDefault();
  addEventListener('paste', paste);
  addEventListener('drop', drop);
  addEventListener('dragover', over);
  onCleanup(() => {
    removeEventListener('paste', paste);
    removeEventListener('drop', drop);
    removeEventListener('dragover', over);
  });

  return (
    <div class={css.extras}>
      <Show when={head()?.status === 'waiting' && live.state().messages[0] && !isKnown()}>
        <AskEmail model={model} live={live} />
      </Show>
      <Uploads model={model} live={live} added={added()} />
      <label class={css.attach} title={r.attach}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="m8 12.5 5.3-5.3a2.6 2.6 0 0 1 3.7 3.7l-7 7a4.6 4.6 0 0 1-6.5-6.5L10.6 4.3" />
        </svg>
        <input
          type="file"
          multiple
          class={ui.hidden}
          aria-label={r.attach}
          onChange={(event) => {
            attach(event.currentTarget.files, event);
            event.currentTarget.value = '';
          }}
        />
      </label>
    </div>
  );
}

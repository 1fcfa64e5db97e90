import { type Component, createComponent, createSignal, Show } from 'solid-js';
import { loadLazyTexts, t } from '../strings/index.ts';
import ui from './ui.module.css';

/** The file name of the script that this document loaded. */
const script = `${import.meta.url.split('/').pop()}`;

/**
 * Called when a file did not load. If a deployment has replaced it, the page names another script and is
 * reloaded; the draft and the conversation are kept. Otherwise calls `failed`.
 *
 * @param force reloads the page whenever it can be fetched: some browsers never repeat a failed import
 */
export const renew = (failed: () => void, force?: boolean): Promise<void> =>
  // The page itself.
  fetch('')
    .then((page) => page.text().then((text) => page.ok && (force || !text.includes(script))))
    .then((isNew) => (isNew ? location.reload() : failed()), failed);

/**
 * A view whose code loads when it is first shown. If that fails, for example without a network, the
 * visitor can try again.
 *
 * @param quiet shows nothing if it fails
 * @param terse does not wait for the lazy texts
 */
export function later<Props extends Record<string, unknown>>(
  load: () => Promise<{ default: Component<Props> }>,
  quiet?: boolean,
  terse?: boolean,
): Component<Props> {
  return (props) => {
    // Null after a failure.
    const [view, setView] = createSignal<Component<Props> | null>();
    const attempt = (force?: boolean) => {
      const failed = () => setView(null);
      setView();
      Promise.all([load(), terse || loadLazyTexts()]).then(
        ([module]) => setView(() => module.default),
        () => (quiet ? failed() : renew(failed, force)),
      );
    };
    attempt();
    return (
      <Show
        when={view()}
        keyed
        fallback={
          <Show when={!quiet && view() === null}>
            <div class={ui.problem} role="alert">
              <p>{t.unreachable}</p>
              <button type="button" class={ui.again} onClick={() => attempt(true)}>
                {t.retry}
              </button>
            </div>
          </Show>
        }
      >
        {(loaded) => createComponent(loaded, props)}
      </Show>
    );
  };
}

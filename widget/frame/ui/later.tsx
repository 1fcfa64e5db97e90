import { type Component, createComponent, createSignal, Show } from 'solid-js';
import { loadLazyTexts, t } from '../strings/index.ts';
import ui from './ui.module.css';

/** The name of the script that this page began with. */
const script = `${import.meta.url.split('/').pop()}`;

/**
 * A file could not be loaded. A deployment may have taken it away: then the page names another script,
 * and is loaded again; the draft and the conversation are kept. Otherwise calls `failed`.
 *
 * @param force loads the page again if it is there at all: some browsers never repeat a failed import
 */
export const renew = (failed: () => void, force?: boolean): Promise<void> =>
  // The page itself.
  fetch('')
    .then((page) => page.text().then((text) => page.ok && (force || !text.includes(script))))
    .then((isNew) => (isNew ? location.reload() : failed()), failed);

/**
 * A view whose code loads when it first shows. Where that fails, as on a lost network, it can be
 * tried again; a `quiet` one then shows nothing. A `terse` one needs no texts of lazy parts.
 */
export function later<Props extends Record<string, unknown>>(
  load: () => Promise<{ default: Component<Props> }>,
  quiet?: boolean,
  terse?: boolean,
): Component<Props> {
  return (props) => {
    // Null: it failed.
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

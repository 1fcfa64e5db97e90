import { type Component, createComponent, createSignal, Show } from 'solid-js';
import { speakRare, t } from '../strings/index.ts';
import ui from './ui.module.css';

/**
 * A view whose code loads when it first shows. Where that fails, as on a lost network, it can be
 * tried again; a `quiet` one then shows nothing. A `terse` one needs no texts of rare parts.
 */
export function later<Props extends Record<string, unknown>>(
  load: () => Promise<{ default: Component<Props> }>,
  quiet?: boolean,
  terse?: boolean,
): Component<Props> {
  return (props) => {
    // Null: it failed.
    const [view, setView] = createSignal<Component<Props> | null>();
    const attempt = () => {
      setView();
      return Promise.all([load(), terse || speakRare()]).then(([module]) => {
        setView(() => module.default);
      });
    };
    const failed = () => setView(null);
    // A deploy may have taken the file away: then the page is there, and knows the new one. What was
    // typed is kept.
    const again = () =>
      attempt().catch(() =>
        fetch(location.href).then(({ ok }) => (ok ? location.reload() : failed()), failed),
      );
    attempt().catch(failed);
    return (
      <Show
        when={view()}
        keyed
        fallback={
          <Show when={!quiet && view() === null}>
            <div class={ui.problem} role="alert">
              <p>{t.unreachable}</p>
              <button type="button" class={ui.again} onClick={again}>
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

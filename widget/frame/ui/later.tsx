import { type Component, createComponent, createSignal, Show } from 'solid-js';
import { t } from '../strings/index.ts';
import ui from './ui.module.css';

/**
 * A view whose code loads when it first shows. Where that fails, as on a lost network, it can be
 * tried again.
 */
export function later<Props extends Record<string, unknown>>(
  load: () => Promise<{ default: Component<Props> }>,
): Component<Props> {
  return (props) => {
    // Null: it failed.
    const [view, setView] = createSignal<Component<Props> | null>();
    const attempt = () => {
      setView();
      load().then(
        (module) => setView(() => module.default),
        () => setView(null),
      );
    };
    attempt();
    return (
      <Show
        when={view()}
        keyed
        fallback={
          <Show when={view() === null}>
            <div class={ui.problem} role="alert">
              <p>{t.unreachable}</p>
              <button type="button" class={ui.again} onClick={attempt}>
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

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
    const [view, setView] = createSignal<Component<Props>>();
    const [failed, setFailed] = createSignal(false);
    const attempt = () => {
      setFailed(false);
      load().then(
        (module) => setView(() => module.default),
        () => setFailed(true),
      );
    };
    attempt();
    return (
      <Show
        when={view()}
        keyed
        fallback={
          <Show when={failed()}>
            <div class={ui.problem} role="alert">
              <p>{t.unreachable}</p>
              <button type="button" class={ui.primary} onClick={attempt}>
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

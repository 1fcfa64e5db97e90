import { type Component, createRoot, createSignal, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';

/**
 * A component whose code loads when it is first shown. Unlike Solid's `lazy`, a failed import does
 * not break the components around it: `fallback` stays, and it is retried when the network is back.
 */
export function lazily<Props extends Record<string, unknown>>(
  load: () => Promise<{ default: Component<Props> }>,
): Component<Props & { fallback?: JSX.Element }> {
  const [loaded, setLoaded] = createRoot(() => createSignal<Component<Props>>());
  let requested = false;

  async function request(): Promise<void> {
    if (requested) return;
    requested = true;
    try {
      const module = await load();
      setLoaded(() => module.default);
    } catch {
      requested = false;
      addEventListener('online', () => void request(), { once: true });
    }
  }

  return (props) => {
    void request();
    return (
      <Show when={loaded()} fallback={props.fallback}>
        {(component) => <Dynamic component={component()} {...props} />}
      </Show>
    );
  };
}

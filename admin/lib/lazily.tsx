import { type Component, createSignal, type JSX, Show } from 'solid-js';
import { loadAfterFirstScreen, loadAhead } from './ahead.ts';

export type Lazy<Props> = Component<Props & { fallback?: JSX.Element }> & {
  /** Loads the code. Rejects if it cannot be loaded. */
  preload(): Promise<void>;
  isLoaded(): boolean;
};

type LazyOptions = {
  /**
   * Whether it also loads while the browser has nothing to do, since a click or a key can open it.
   * Not for pages.
   */
  ahead?: boolean;
  /**
   * Whether it throws if its code cannot be loaded, for the nearest `ErrorBoundary`. Otherwise the
   * fallback stays, and it is retried when the network is back.
   */
  required?: boolean;
  /** Whether it waits for the first screen although it is on it. */
  late?: boolean;
};

/**
 * A component whose code loads when it is first shown; `fallback` is shown until then. Does not
 * suspend the components around it, as Solid's `lazy` does.
 */
export function lazily<Props extends Record<string, unknown>>(
  load: () => Promise<{ default: Component<Props> }>,
  { ahead = true, required = false, late = false }: LazyOptions = {},
): Lazy<Props> {
  const [loaded, setLoaded] = createSignal<Component<Props>>();
  const [failure, setFailure] = createSignal<{ error: unknown }>();
  let loading: Promise<void> | undefined;

  function preload(): Promise<void> {
    setFailure();
    loading ??= load().then(
      (module) => void setLoaded(() => module.default),
      (error: unknown) => {
        loading = undefined;
        throw error;
      },
    );
    // The router does not look at what it preloads.
    loading.catch(() => undefined);
    return loading;
  }

  function tryToLoad(): Promise<void> {
    return preload().catch((error: unknown) => {
      if (required) setFailure({ error });
      else addEventListener('online', request, { once: true });
    });
  }

  function request(): void {
    if (loaded()) return;
    if (late) loadAfterFirstScreen(tryToLoad);
    else void tryToLoad();
  }

  function component() {
    const failed = failure();
    if (failed) throw failed.error;
    return loaded();
  }

  function Part(props: Props & { fallback?: JSX.Element }) {
    request();
    return (
      <Show when={component()} fallback={props.fallback}>
        {(shown) => {
          const Loaded = shown();
          return <Loaded {...props} />;
        }}
      </Show>
    );
  }

  if (ahead && !late) loadAhead(preload);
  return Object.assign(Part, { preload, isLoaded: () => loaded() !== undefined });
}

/** A page whose code loads when it is opened, or when the pointer reaches a link to it. */
export const lazyPage = (load: () => Promise<{ default: Component }>) =>
  lazily(load, { ahead: false, required: true });

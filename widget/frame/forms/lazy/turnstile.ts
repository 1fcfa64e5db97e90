/**
 * Cloudflare Turnstile's script, which draws the human check in a frame of Cloudflare's own
 * (developers.cloudflare.com/turnstile/get-started/client-side-rendering). The page's policy allows it
 * only where the installation has a check configured.
 */

const ADDRESS = 'https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit';

type Options = {
  sitekey: string;
  action: string;
  cData: string | undefined;
  language: string;
  theme: 'auto' | 'light' | 'dark';
  size: 'flexible' | 'compact';
  retry: 'never';
  callback(token: string): void;
  /** True: the page shows what went wrong by itself. */
  'error-callback'(code: string): boolean;
  'unsupported-callback'(): void;
};

export type Turnstile = {
  /** Draws the check; undefined where it could not. */
  render(place: HTMLElement, options: Options): string | undefined;
  /** Has it be solved again. */
  reset(widget: string): void;
  remove(widget: string): void;
};

declare global {
  interface Window {
    turnstile?: Turnstile;
  }
}

let loading: Promise<Turnstile> | undefined;

/** Loads the script, once; after a failure the next call tries again. */
export function loadTurnstile(): Promise<Turnstile> {
  loading ??= new Promise<Turnstile>((resolve, reject) => {
    const script = document.createElement('script');
    script.src = ADDRESS;
    // The frame is isolated: it takes from elsewhere only what allows it.
    script.crossOrigin = 'anonymous';
    const fail = () => {
      script.remove();
      loading = undefined;
      reject(new Error('Turnstile did not load.'));
    };
    script.onerror = fail;
    script.onload = () => {
      if (window.turnstile) resolve(window.turnstile);
      else fail();
    };
    document.head.append(script);
  });
  return loading;
}

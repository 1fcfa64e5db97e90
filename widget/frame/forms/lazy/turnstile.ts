/**
 * Cloudflare Turnstile's script, which draws the human check in its own frame
 * (developers.cloudflare.com/turnstile/get-started/client-side-rendering). The content security policy
 * allows it only where the installation has configured the check.
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
  /** Returns true when the page shows the error itself. */
  'error-callback'(code: string): boolean;
  'unsupported-callback'(): void;
};

export type Turnstile = {
  /** Draws the check and returns its id; undefined if that failed. */
  render(place: HTMLElement, options: Options): string | undefined;
  /** Starts the check again. */
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
    // The frame is cross-origin isolated, so that scripts must be loaded with CORS.
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

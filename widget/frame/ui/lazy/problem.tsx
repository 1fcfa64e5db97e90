import { createSignal, onCleanup, Show } from 'solid-js';
import type { RequestError } from '../../../../protocol/client/http.ts';
import controls from '../../forms/lazy/controls.module.css';
import ui from '../ui.module.css';
import { fill, problemText, r } from './texts.ts';

/** The seconds that are left, counting down; calls `done` at the end. */
export function countdown(seconds: number, done: () => void) {
  const until = Date.now() + seconds * 1_000;
  const [left, setLeft] = createSignal(Math.ceil(seconds));
  const timer = setInterval(() => {
    setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1_000)));
    if (left() > 0) return;
    clearInterval(timer);
    done();
  }, 250);
  onCleanup(() => clearInterval(timer));
  return left;
}

/**
 * An error with a button to retry or, when the server said how long to wait, a countdown that ends in
 * `retry`.
 */
export default function Problem(props: { error: RequestError; retry(): void }) {
  const pause = props.error.retryAfter;
  const left = pause ? countdown(pause, () => props.retry()) : undefined;
  const forGood = ['origin_not_allowed', 'blocked', 'not_found'].includes(props.error.code);
  return (
    <div class={ui.problem} role="alert">
      <strong>{r.problemTitle}</strong>
      <p>{problemText(props.error.code)}</p>
      <Show when={!forGood}>
        <Show
          when={left}
          fallback={
            <button type="button" class={controls.primary} onClick={() => props.retry()}>
              {r.retry}
            </button>
          }
        >
          {(seconds) => <p class={ui.muted}>{fill(r.retryIn, { count: seconds()() })}</p>}
        </Show>
      </Show>
    </div>
  );
}

import { createSignal, onCleanup, Show } from 'solid-js';
import type { RequestError } from '../../../../protocol/client/http.ts';
import controls from '../../forms/lazy/controls.module.css';
import ui from '../ui.module.css';
import { fill, problemText, r } from './texts.ts';

/** Seconds left of a pause, counting down; `done` is called at its end. */
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
 * What went wrong, and the way on: a button, or, when the server said how long to wait, a count
 * that ends in `retry`.
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
          {(seconds) => <p class={ui.muted}>{fill(r.busy, { count: seconds()() })}</p>}
        </Show>
      </Show>
    </div>
  );
}

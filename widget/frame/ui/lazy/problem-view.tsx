import { createEffect, onCleanup } from 'solid-js';
import type { RequestError } from '../../../../protocol/client/http.ts';
import { shared } from '../../state/model.ts';
import { CloseButton } from '../header.tsx';
import ui from '../ui.module.css';
import Problem from './problem.tsx';

/** Replaces all views while there is no session. */
export default function ProblemView(props: { error: RequestError; retry(): void; close(): void }) {
  // Without a network it retries when the network is back or the panel is opened again.
  if (props.error.status === 0) {
    const retry = () => props.retry();
    addEventListener('online', retry);
    onCleanup(() => removeEventListener('online', retry));
    createEffect((before: boolean) => {
      const shown = shared.shown();
      if (shown && !before) retry();
      return shown;
    }, true);
  }
  return (
    <>
      <header class={ui.header}>
        <span class={ui.titles} />
        <CloseButton close={props.close} />
      </header>
      <Problem error={props.error} retry={props.retry} />
    </>
  );
}

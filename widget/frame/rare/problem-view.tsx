import type { RequestError } from '../../../protocol/client/http.ts';
import { CloseButton } from '../ui/header.tsx';
import ui from '../ui/ui.module.css';
import Problem from './problem.tsx';

/** What stands in the place of everything else, while there is no session. */
export default function ProblemView(props: { error: RequestError; retry(): void; close(): void }) {
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

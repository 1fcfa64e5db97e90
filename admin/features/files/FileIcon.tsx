import { Match, Switch } from 'solid-js';

/** The icon of a file; for images it shows a landscape. */
export function FileIcon(props: { picture: boolean }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="18"
      height="18"
      fill="none"
      stroke="currentColor"
      stroke-width="1.3"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <Switch>
        <Match when={props.picture}>
          <path d="M2.5 3h11v10h-11zm0 8 3.2-3.5 2.6 2.8 1.7-1.6 3.5 3.3M10.3 6v.1" />
        </Match>
        <Match when={true}>
          <path d="M4 1.8h5.2L12.5 5v9.2H4zm5 0V5.2h3.4M6.2 8.3h4m-4 2.6h4" />
        </Match>
      </Switch>
    </svg>
  );
}

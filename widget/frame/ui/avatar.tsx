import ui from './ui.module.css';

/** The first letter of a name; it says nothing that the name beside it does not. */
export function Avatar(props: { name: string }) {
  return (
    <span class={ui.avatar} aria-hidden="true">
      {[...props.name.trim()][0] ?? '?'}
    </span>
  );
}

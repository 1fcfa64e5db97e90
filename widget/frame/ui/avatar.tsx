import ui from './ui.module.css';

/** The first letter of a name, hidden from screen readers since the name is beside it. */
export function Avatar(props: { name: string }) {
  return (
    <span class={ui.avatar} aria-hidden="true">
      {[...props.name.trim()][0] ?? '?'}
    </span>
  );
}

import type { JSX } from 'solid-js';
import { Menu } from '../../../components/menu/Menu.tsx';
import { useInbox } from '../../inbox/context.ts';

/** A menu that adds and removes labels. It stays open for several. */
export function LabelMenu(props: {
  label: string;
  children: JSX.Element;
  /** The ids of the current labels. */
  on: readonly string[];
  onToggle(id: string, on: boolean): void;
  open: boolean;
  onOpenChange(open: boolean): void;
}) {
  const { directory } = useInbox();
  const choices = () => {
    const all = directory.labels();
    if (all.length === 0) {
      const label = 'No labels yet';
      return [{ value: '', label, hint: 'Create labels in Settings.', disabled: true }];
    }
    return all.map(({ id, name, color }) => ({
      value: id,
      label: name,
      color,
      checked: props.on.includes(id),
    }));
  };
  return (
    <Menu
      label={props.label}
      value={null}
      choices={choices()}
      onChoose={(id) => props.onToggle(id, !props.on.includes(id))}
      open={props.open}
      onOpenChange={props.onOpenChange}
    >
      {props.children}
    </Menu>
  );
}

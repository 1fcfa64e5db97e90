import type { JSX } from 'solid-js';
import { Menu } from '../../../components/menu/Menu.tsx';
import type { MenuLook } from '../../../components/menu/menu-parts.ts';
import { t } from '../../../texts/triage.ts';
import { useInbox } from '../../inbox/context.ts';

/** A menu that adds and removes labels. It stays open for several. */
export function LabelMenu(props: {
  label: string;
  children: JSX.Element;
  /** The ids of the current labels. */
  on: readonly string[];
  onToggle(id: string, on: boolean): void;
  look?: MenuLook;
}) {
  const { directory } = useInbox();
  const choices = () => {
    const all = directory.labels();
    if (all.length === 0) {
      const label = t.labels.none;
      return [{ value: '', label, hint: t.labels.hint, disabled: true }];
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
      look={props.look ?? 'chip'}
      choices={choices()}
      onChoose={(id) => props.onToggle(id, !props.on.includes(id))}
    >
      {props.children}
    </Menu>
  );
}

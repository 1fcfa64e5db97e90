import type { JSX } from 'solid-js';
import { Menu } from '../../../components/menu/Menu.tsx';
import type { MenuLook } from '../../../components/menu/menu-parts.ts';
import type { Property } from './property.ts';

/** The menu that changes a property. */
export function PropertyMenu(props: {
  of: Property;
  /** Its name for screen readers, where it is not the property with its value. */
  label?: string;
  look?: MenuLook;
  /** Opens it from elsewhere. */
  open?: boolean;
  onOpenChange?(open: boolean): void;
  children: JSX.Element;
}) {
  return (
    <Menu
      label={props.label ?? `${props.of.name}: ${props.of.text}`}
      value={props.of.value}
      choices={props.of.choices}
      onChoose={(value) => props.of.choose(value)}
      disabled={props.of.disabled}
      look={props.look ?? 'chip'}
      {...(props.open !== undefined && { open: props.open })}
      onOpenChange={(open) => props.onOpenChange?.(open)}
    >
      {props.children}
    </Menu>
  );
}

export type MenuChoice = {
  value: string;
  label: string;
  hint?: string | undefined;
  disabled?: boolean;
  /** For a choice that can be toggled while the menu stays open: whether it is on. */
  checked?: boolean;
  /** A dot before it, in a colour of CSS. */
  color?: string;
};

/** Choices of a menu that has a field to find one by typing. */
const MANY = 8;

export const needsField = (choices: readonly MenuChoice[]) => choices.length >= MANY;

/** A button with text and an arrow, an icon alone, or an icon above a word in a bar. */
export type MenuLook = 'chip' | 'icon' | 'tile';

/** What is focused in an opened menu: itself, its current or first choice, or its last one. */
export type FirstFocus = 'menu' | 'first' | 'last';

export type PanelProps = {
  id: string;
  /** The menu's button. */
  trigger: HTMLButtonElement;
  label: string;
  value: string | null;
  choices: readonly MenuChoice[];
  onChoose(value: string): void;
  focus: FirstFocus;
  /** @param refocus whether the focus goes back to the button */
  onClose(refocus: boolean): void;
};

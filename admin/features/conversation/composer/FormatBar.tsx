import { For } from 'solid-js';
import { IconButton } from '../../../components/Button.tsx';
import type { IconName } from '../../../components/Icon.tsx';
import { keyOf } from '../../shortcuts/key.ts';
import styles from './FormatBar.module.css';
import type { Wrapping } from './wrapping.ts';

type Choice = { wrapping: Wrapping; icon: IconName; label: string; key?: string };

const CHOICES: readonly Choice[] = [
  { wrapping: 'bold', icon: 'bold', label: 'Bold', key: 'b' },
  { wrapping: 'italic', icon: 'italic', label: 'Italic', key: 'i' },
  { wrapping: 'code', icon: 'code', label: 'Code', key: 'e' },
  { wrapping: 'list', icon: 'list', label: 'List' },
  { wrapping: 'link', icon: 'link', label: 'Link' },
];

const isApple = /^(Mac|iP)/.test(navigator.platform);

/** The format for a key pressed with Ctrl (Command on Apple keyboards), or null. */
export function wrappingOf(event: KeyboardEvent): Wrapping | null {
  const modifier = isApple ? event.metaKey : event.ctrlKey;
  if (!modifier || event.altKey || event.shiftKey) return null;
  return CHOICES.find(({ key }) => key === keyOf(event))?.wrapping ?? null;
}

/** The buttons that format what is selected in the composer. */
export function FormatBar(props: { onChoose(wrapping: Wrapping): void }) {
  return (
    <fieldset class={styles.bar}>
      <legend class="visually-hidden">Formatting</legend>
      <For each={CHOICES}>
        {({ wrapping, icon, label, key }) => (
          <IconButton
            icon={icon}
            class={styles.button}
            label={key ? `${label} (${isApple ? '⌘' : 'Ctrl+'}${key.toUpperCase()})` : label}
            // Keeps the focus in the field, and the keyboard open on touch screens.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => props.onChoose(wrapping)}
          />
        )}
      </For>
    </fieldset>
  );
}

import { For } from 'solid-js';
import styles from './ColorChoice.module.css';

/** Colours that can be told apart in light and dark, and by most people with colour blindness. */
export const COLORS: readonly { value: string; name: string }[] = [
  { value: '#6b7280', name: 'Grey' },
  { value: '#d64545', name: 'Red' },
  { value: '#d97706', name: 'Orange' },
  { value: '#b59b00', name: 'Yellow' },
  { value: '#2f9e5b', name: 'Green' },
  { value: '#0e98a8', name: 'Turquoise' },
  { value: '#3b72e0', name: 'Blue' },
  { value: '#7c5ce0', name: 'Violet' },
  { value: '#c94f9b', name: 'Pink' },
];

/** A choice of colours. A label with another colour keeps it until one is chosen. */
export function ColorChoice(props: { value: string; onChoose(value: string): void }) {
  return (
    <fieldset>
      <legend class={styles.legend}>Colour</legend>
      <div class={styles.colors}>
        <For each={COLORS}>
          {(color) => (
            <label class={styles.color} title={color.name} style={{ '--label': color.value }}>
              <input
                type="radio"
                name="color"
                class="visually-hidden"
                aria-label={color.name}
                checked={props.value === color.value}
                onChange={() => props.onChoose(color.value)}
              />
            </label>
          )}
        </For>
      </div>
    </fieldset>
  );
}

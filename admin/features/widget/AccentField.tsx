import { createUniqueId, Show } from 'solid-js';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { t } from '../../texts/settings.ts';
import styles from './AccentField.module.css';
import { isColor, textOn } from './contrast.ts';

/** The default accent colour. */
const OWN = '#3b5bdb';

/** The widget's colour, picked or typed, with its text contrast. */
export function AccentField(props: {
  /** `#rrggbb`, an incomplete value, or empty for the default. */
  value: string;
  error: string | undefined;
  onInput(value: string): void;
}) {
  const id = createUniqueId();
  const color = () => (isColor(props.value) ? props.value : OWN);
  return (
    <div class={styles.accent}>
      <div class={styles.line}>
        <div class={styles.picker}>
          <label class={styles.label} for={id}>
            {t.widget.accentPick}
            <span class="visually-hidden"> {t.widget.accentPickWhat}</span>
          </label>
          <input
            id={id}
            type="color"
            class={styles.swatch}
            value={color()}
            onInput={(event) => props.onInput(event.currentTarget.value)}
          />
        </div>
        <Field
          label={t.widget.accent}
          placeholder={t.widget.accentDefault(OWN)}
          maxlength={7}
          spellcheck={false}
          value={props.value}
          error={props.error}
          onInput={(event) => props.onInput(event.currentTarget.value.trim())}
        />
        <Show when={props.value !== ''}>
          <Button look="quiet" onClick={() => props.onInput('')}>
            {t.widget.accentReset}
          </Button>
        </Show>
      </div>
      <div class={styles.sample}>
        <span
          class={styles.chip}
          style={{ '--sample': color(), '--sample-ink': textOn(color()).text }}
        >
          {t.widget.accentSample}
        </span>
        <p class={styles.contrast}>
          {t.widget.contrast(textOn(color()).ratio.toFixed(1), textOn(color()).text)}
        </p>
      </div>
    </div>
  );
}

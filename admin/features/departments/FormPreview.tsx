import { For, Match, Show, Switch } from 'solid-js';
import { Icon } from '../../components/Icon.tsx';
import { choicesOf, type Draft, type DraftField } from './draft.ts';
import styles from './FormPreview.module.css';

/** The default accent colour. */
const OWN_ACCENT = '#3b5bdb';

/** A preview of the department in the widget. It is not interactive. */
export function FormPreview(props: { draft: Draft; accent: string | null }) {
  const name = () => props.draft.name.trim() || 'Department';
  return (
    <section class={styles.preview} aria-label="Preview of the widget">
      <p class={styles.caption}>Preview</p>
      <div
        class={styles.panel}
        style={{ '--preview-accent': props.accent ?? OWN_ACCENT }}
        aria-hidden="true"
        inert
      >
        <div class={styles.header}>
          <Icon name="back" flip />
          <span class={styles.title} dir="auto">
            {name()}
          </span>
          <Icon name="close" />
        </div>
        <Show
          when={props.draft.fields.length > 0}
          fallback={<p class={styles.empty}>No form. The conversation starts right away.</p>}
        >
          <div class={styles.form}>
            <p class={styles.muted} dir="auto">
              Tell us a bit about you.
            </p>
            <For each={props.draft.fields}>{(field) => <Shown field={field} />}</For>
            <span class={styles.start}>Start conversation</span>
          </div>
        </Show>
      </div>
      <Show when={!props.draft.visible}>
        <p class={styles.caption}>Hidden from visitors.</p>
      </Show>
    </section>
  );
}

function Shown(props: { field: DraftField }) {
  return (
    <div class={styles.field}>
      <span dir="auto">
        {props.field.label.trim() || 'Label'}
        <Show when={!props.field.required}>
          <small> (optional)</small>
        </Show>
      </span>
      <Switch fallback={<span class={styles.input} />}>
        <Match when={props.field.type === 'textarea'}>
          <span class={`${styles.input} ${styles.area}`} />
        </Match>
        <Match when={props.field.type === 'select'}>
          <select class={styles.input}>
            <option>Choose…</option>
            <For each={choicesOf(props.field)}>{(choice) => <option>{choice}</option>}</For>
          </select>
        </Match>
      </Switch>
    </div>
  );
}

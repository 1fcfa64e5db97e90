import { type JSX, Show } from 'solid-js';
import type { Form } from '../lib/form.ts';
import { t } from '../texts/start.ts';
import { Button } from './Button.tsx';
import styles from './editor.module.css';
import lists from './lists.module.css';

/** Says above a form why it was not saved, or that someone else has changed the record since. */
export function FormNotes(props: { form: Form }) {
  return (
    <>
      <div class={lists.alert} role="alert">
        <Show when={props.form.refusal()}>
          {(text) => <p class={lists.refusal}>{t.notSaved(text())}</p>}
        </Show>
      </div>
      <Show when={props.form.overtaken()}>
        <p class={styles.note} role="status">
          {t.saving.overtaken}{' '}
          <button type="button" class={styles.link} onClick={() => props.form.reset()}>
            {t.saving.showTheirs}
          </button>
        </p>
      </Show>
    </>
  );
}

/**
 * Below a form, and in view while it scrolls: whether it is saved, and how to save or discard what was
 * changed. Every form of the settings has it. A single choice, such as a switch, saves as it is made
 * (SaveMark.tsx).
 */
export function SaveBar(props: {
  form: Form;
  /** The button's text for something new, which nothing can discard. */
  create?: string | undefined;
  /** Further actions, such as Archive. */
  children?: JSX.Element;
}) {
  const status = () => {
    if (props.form.busy()) return t.saving.saving;
    if (props.form.changed()) return t.saving.unsaved;
    return props.form.state() === 'saved' ? t.saving.saved : '';
  };
  return (
    <div class={styles.bar}>
      <Button
        type="submit"
        look="primary"
        busy={props.form.busy()}
        disabled={!props.create && !props.form.changed()}
      >
        {props.create ?? t.saving.save}
      </Button>
      <Show when={props.form.changed() && !props.create}>
        <Button look="quiet" disabled={props.form.busy()} onClick={() => props.form.reset()}>
          {t.saving.discard}
        </Button>
      </Show>
      <span class={styles.status} role="status">
        {status()}
      </span>
      {props.children}
    </div>
  );
}

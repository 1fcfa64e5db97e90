import { Show } from 'solid-js';
import type { Autosave } from '../lib/autosave.ts';
import { t } from '../texts/start.ts';
import styles from './SaveMark.module.css';

/** Beside a choice that saves as it is made: “Saving…”, “Saved”, or why it was not saved. */
export function SaveMark(props: { of: string; saves: Autosave }) {
  const problem = () => {
    const state = props.saves.find(props.of);
    return state?.at === 'refused' ? state.text : null;
  };
  const text = () => {
    const at = props.saves.find(props.of)?.at;
    if (at === 'saving') return t.saving.saving;
    return at === 'saved' ? t.saving.saved : '';
  };
  return (
    <span class={styles.mark}>
      <span class={styles.text} role="status">
        {text()}
      </span>
      <Show when={problem()}>
        {(reason) => (
          <span class={styles.problem} role="alert">
            {t.notSaved(reason())}
          </span>
        )}
      </Show>
    </span>
  );
}

import { Show } from 'solid-js';
import { MAX_MESSAGE_LENGTH, MAX_SHORTCUT_LENGTH } from '../../../protocol/limits.ts';
import { Field } from '../../components/fields/Field.tsx';
import { TextAreaField } from '../../components/fields/TextAreaField.tsx';
import styles from '../../components/lists.module.css';
import type { createSaving } from '../../lib/saving.ts';
import { t } from '../../texts/commands.ts';

/** The shortcut and the text of a canned response, with the reason why they were not saved. */
export function CannedFields(props: {
  shortcut: string;
  body: string;
  saving: ReturnType<typeof createSaving>;
  /** Whether the text has the focus at first, and not the shortcut. */
  startsWithText?: boolean;
  onShortcut(shortcut: string): void;
  onBody(body: string): void;
}) {
  return (
    <>
      <div class={styles.alert} role="alert">
        <Show when={props.saving.refusal()}>
          {(text) => <p class={styles.refusal}>{text()}</p>}
        </Show>
      </div>
      <Field
        label={t.canned.shortcut}
        hint={t.canned.shortcutHint}
        data-max={MAX_SHORTCUT_LENGTH + 1}
        autocomplete="off"
        value={props.shortcut}
        error={props.saving.problems().shortcut}
        onInput={(event) => props.onShortcut(event.currentTarget.value)}
      />
      <TextAreaField
        label={t.canned.text}
        hint={t.canned.textHint}
        rows="6"
        autofocus={props.startsWithText === true}
        data-max={MAX_MESSAGE_LENGTH}
        value={props.body}
        error={props.saving.problems().body}
        onInput={(event) => props.onBody(event.currentTarget.value)}
      />
    </>
  );
}

import { createSignal, Show } from 'solid-js';
import { MAX_MESSAGE_LENGTH, MAX_SHORTCUT_LENGTH } from '../../../../protocol/limits.ts';
import { Button } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import { Field } from '../../../components/fields/Field.tsx';
import { TextAreaField } from '../../../components/fields/TextAreaField.tsx';
import styles from '../../../components/lists.module.css';
import { createSaving } from '../../../lib/saving.ts';
import { t } from '../../../texts/commands.ts';
import { saveCannedResponse } from '../../canned-responses/api.ts';
import { useInbox } from '../../inbox/context.ts';

/** A dialog that creates a canned response while a reply is being written. */
export default function CreateCanned(props: {
  /** The shortcut to begin with. */
  shortcut: string;
  onCreated(response: { body: string }): void;
  onClose(): void;
}) {
  const { directory } = useInbox();
  const [shortcut, setShortcut] = createSignal(props.shortcut);
  const [body, setBody] = createSignal('');
  const saving = createSaving();

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const response = { shortcut: shortcut().replace(/^\//, ''), body: body() };
    const done = await saving.run(async () => {
      const { canned_response, version } = await saveCannedResponse(null, response);
      directory.lists.canned_responses.put(canned_response, version);
    });
    if (done) props.onCreated(response);
  }

  return (
    <Dialog open look="card" title={t.canned.title} onClose={props.onClose}>
      <form class={styles.form} onSubmit={save} noValidate>
        <div class={styles.alert} role="alert">
          <Show when={saving.refusal()}>{(text) => <p class={styles.refusal}>{text()}</p>}</Show>
        </div>
        <Field
          label={t.canned.shortcut}
          hint={t.canned.shortcutHint}
          data-max={MAX_SHORTCUT_LENGTH + 1}
          autocomplete="off"
          value={shortcut()}
          error={saving.problems().shortcut}
          onInput={(event) => setShortcut(event.currentTarget.value)}
        />
        <TextAreaField
          label={t.canned.text}
          hint={t.canned.textHint}
          rows="6"
          autofocus
          data-max={MAX_MESSAGE_LENGTH}
          value={body()}
          error={saving.problems().body}
          onInput={(event) => setBody(event.currentTarget.value)}
        />
        <div class={styles.bar}>
          <Button type="submit" look="primary" busy={saving.busy()}>
            {saving.busy() ? t.canned.saving : t.canned.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

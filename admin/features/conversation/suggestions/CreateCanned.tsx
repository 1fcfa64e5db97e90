import { createSignal } from 'solid-js';
import { Button } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import styles from '../../../components/lists.module.css';
import { createSaving } from '../../../lib/saving.ts';
import { t } from '../../../texts/commands.ts';
import { saveCannedResponse } from '../../canned-responses/api.ts';
import { CannedFields } from '../../canned-responses/CannedFields.tsx';
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
        <CannedFields
          shortcut={shortcut()}
          body={body()}
          saving={saving}
          startsWithText
          onShortcut={setShortcut}
          onBody={setBody}
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

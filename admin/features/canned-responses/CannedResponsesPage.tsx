import { createSignal, Show } from 'solid-js';
import type { CannedResponse } from '../../../protocol/resources/canned-response.ts';
import { plainText } from '../../../protocol/text/format.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ListPage } from '../../components/list/ListPage.tsx';
import { Row } from '../../components/list/Rows.tsx';
import styles from '../../components/lists.module.css';
import { createRemoving } from '../../lib/removing.ts';
import { createSaving } from '../../lib/saving.ts';
import { showToast } from '../../lib/toasts.ts';
import { warnBeforeLeaving } from '../../lib/unsaved-changes.ts';
import { t } from '../../texts/settings.ts';
import { t as start } from '../../texts/start.ts';
import { useSettings } from '../settings/settings.ts';
import { removeCannedResponse, saveCannedResponse } from './api.ts';
import { CannedFields } from './CannedFields.tsx';

type Edited = { id: string | null; shortcut: string; body: string };

/** The settings page for canned responses. */
export function CannedResponsesPage() {
  const { canned } = useSettings();
  const [edited, setEdited] = createSignal<Edited | null>(null);
  const add = () => setEdited({ id: null, shortcut: '', body: '' });
  const removing = createRemoving();

  async function restore(content: Omit<CannedResponse, 'id'>): Promise<void> {
    const { canned_response, version } = await saveCannedResponse(null, content);
    canned.put(canned_response, version);
  }

  async function remove({ id, ...content }: CannedResponse): Promise<void> {
    await removeCannedResponse(id);
    canned.remove(id);
    showToast({
      tone: 'plain',
      text: t.canned.removed(content.shortcut),
      action: {
        label: t.canned.undo,
        run: () => void restore(content).catch(canned.load),
      },
    });
  }

  return (
    <ListPage
      of={canned}
      what={t.what.canned}
      icon="bolt"
      title={t.sections['canned-responses']}
      text={t.canned.text}
      add={{ label: t.canned.add, run: add }}
      empty={{
        title: t.canned.empty,
        text: t.canned.emptyText,
      }}
      foot={
        <Show when={edited()} keyed>
          {(response) => <Editor response={response} onClose={() => setEdited(null)} />}
        </Show>
      }
    >
      {(response) => (
        <Row
          name={`/${response.shortcut}`}
          onOpen={() => setEdited({ ...response })}
          detail={<span dir="auto">{plainText(response.body)}</span>}
          remove={removing.of(response.id, () => remove(response))}
        />
      )}
    </ListPage>
  );
}

function Editor(props: { response: Edited; onClose(): void }) {
  const { canned } = useSettings();
  const { id } = props.response;
  const [shortcut, setShortcut] = createSignal(props.response.shortcut);
  const [body, setBody] = createSignal(props.response.body);
  const saving = createSaving();
  const changed = () => shortcut() !== props.response.shortcut || body() !== props.response.body;
  const unsaved = () => changed() && !saving.busy();
  warnBeforeLeaving(unsaved);

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const response = { shortcut: shortcut().replace(/^\//, ''), body: body() };
    const done = await saving.run(async () => {
      const { canned_response, version } = await saveCannedResponse(id, response);
      canned.put(canned_response, version);
    });
    if (done) props.onClose();
  }

  return (
    <Dialog
      open
      look="card"
      title={id === null ? t.canned.create : t.canned.one}
      unsaved={unsaved()}
      onClose={props.onClose}
    >
      <form class={styles.form} onSubmit={save} noValidate>
        <CannedFields
          shortcut={shortcut()}
          body={body()}
          saving={saving}
          onShortcut={setShortcut}
          onBody={setBody}
        />
        <div class={styles.bar}>
          <Button type="submit" look="primary" busy={saving.busy()}>
            {saving.busy() ? start.saving.saving : start.saving.save}
          </Button>
          <Button look="quiet" onClick={props.onClose}>
            {start.saving.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

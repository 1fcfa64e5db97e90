import { createSignal, Show } from 'solid-js';
import { MAX_LABEL_LENGTH } from '../../../protocol/limits.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { ListPage } from '../../components/list/ListPage.tsx';
import { Row } from '../../components/list/Rows.tsx';
import styles from '../../components/lists.module.css';
import { createRemoving } from '../../lib/removing.ts';
import { createSaving } from '../../lib/saving.ts';
import { warnBeforeLeaving } from '../../lib/unsaved-changes.ts';
import { t } from '../../texts/settings.ts';
import { t as start } from '../../texts/start.ts';
import { useSettings } from '../settings/settings.ts';
import { removeLabel, saveLabel } from './api.ts';
import { COLORS, ColorChoice } from './ColorChoice.tsx';

type Edited = { id: string | null; name: string; color: string };

/** The settings page for labels. */
export function LabelsPage() {
  const { labels } = useSettings();
  const [edited, setEdited] = createSignal<Edited | null>(null);

  function add(): void {
    const used = new Set(labels.value()?.map(({ color }) => color));
    const free = COLORS.find(({ value }) => !used.has(value)) ?? COLORS[0];
    setEdited({ id: null, name: '', color: free?.value ?? '' });
  }

  const removing = createRemoving();

  return (
    <ListPage
      of={labels}
      what={t.what.labels}
      icon="tag"
      title={t.sections.labels}
      text={t.labels.text}
      add={{ label: t.labels.add, run: add }}
      empty={{
        title: t.labels.empty,
        text: t.labels.emptyText,
      }}
      foot={
        <Show when={edited()} keyed>
          {(label) => <Editor label={label} onClose={() => setEdited(null)} />}
        </Show>
      }
    >
      {(label) => (
        <Row
          before={<span class={styles.dot} style={{ '--label': label.color }} />}
          name={label.name}
          onOpen={() => setEdited({ ...label })}
          remove={removing.of(label.id, async () => {
            await removeLabel(label.id);
            labels.remove(label.id);
          })}
        />
      )}
    </ListPage>
  );
}

function Editor(props: { label: Edited; onClose(): void }) {
  const { labels } = useSettings();
  const { id } = props.label;
  const [name, setName] = createSignal(props.label.name);
  const [color, setColor] = createSignal(props.label.color);
  const saving = createSaving();

  const changed = () => name() !== props.label.name || color() !== props.label.color;
  const unsaved = () => changed() && !saving.busy();
  warnBeforeLeaving(unsaved);

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const done = await saving.run(async () => {
      const { label, version } = await saveLabel(id, { name: name(), color: color() });
      labels.put(label, version);
    });
    if (done) props.onClose();
  }

  return (
    <Dialog
      open
      look="card"
      title={id === null ? t.labels.add : t.labels.one}
      unsaved={unsaved()}
      onClose={props.onClose}
    >
      <form class={styles.form} noValidate onSubmit={save}>
        <div class={styles.alert} role="alert">
          <Show when={saving.refusal()}>{(text) => <p class={styles.refusal}>{text()}</p>}</Show>
        </div>
        <Field
          label={t.name}
          data-max={MAX_LABEL_LENGTH}
          autocomplete="off"
          value={name()}
          error={saving.problems().name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <ColorChoice value={color()} onChoose={setColor} />
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

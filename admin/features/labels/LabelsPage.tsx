import { createSignal, For, Show } from 'solid-js';
import { MAX_LABEL_LENGTH } from '../../../protocol/limits.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Field } from '../../components/fields/Field.tsx';
import styles from '../../components/lists.module.css';
import { Message } from '../../components/Message.tsx';
import { RemoveButton } from '../../components/RemoveButton.tsx';
import { Section, WhenLoaded } from '../../components/Section.tsx';
import { createSaving } from '../../lib/saving.ts';
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

  return (
    <Section
      title="Labels"
      text="Tag conversations by topic."
      action={
        <Button look="primary" onClick={add}>
          New label
        </Button>
      }
    >
      <WhenLoaded of={labels} what="labels">
        {(all) => (
          <Show
            when={all().length > 0}
            fallback={
              <Message
                icon="flag"
                title="No labels"
                text="Labels say what a conversation is about, like Refund, Bug or Praise."
              />
            }
          >
            <ul class={styles.list}>
              <For each={all()}>
                {(label) => (
                  <li class={styles.row}>
                    <span class={styles.dot} style={{ '--label': label.color }} />
                    <div class={styles.body}>
                      <button
                        type="button"
                        class={styles.name}
                        dir="auto"
                        onClick={() => setEdited({ ...label })}
                      >
                        {label.name}
                      </button>
                    </div>
                  </li>
                )}
              </For>
            </ul>
          </Show>
        )}
      </WhenLoaded>
      <Show when={edited()} keyed>
        {(label) => <Editor label={label} onClose={() => setEdited(null)} />}
      </Show>
    </Section>
  );
}

function Editor(props: { label: Edited; onClose(): void }) {
  const { labels } = useSettings();
  const { id } = props.label;
  const [name, setName] = createSignal(props.label.name);
  const [color, setColor] = createSignal(props.label.color);
  const saving = createSaving();

  async function finish(work: () => Promise<void>): Promise<void> {
    const done = await saving.run(async () => {
      await work();
      await labels.load();
    });
    if (done) props.onClose();
  }

  return (
    <Dialog open look="card" title={id === null ? 'New label' : 'Label'} onClose={props.onClose}>
      <form
        class={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void finish(() => saveLabel(id, { name: name(), color: color() }));
        }}
      >
        <div class={styles.alert} role="alert">
          <Show when={saving.refusal()}>{(text) => <p class={styles.refusal}>{text()}</p>}</Show>
        </div>
        <Field
          label="Name"
          data-max={MAX_LABEL_LENGTH}
          autocomplete="off"
          value={name()}
          error={saving.problems().name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <ColorChoice value={color()} onChoose={setColor} />
        <div class={styles.bar}>
          <Button type="submit" look="primary" busy={saving.busy()}>
            {saving.busy() ? 'Saving…' : 'Save'}
          </Button>
          <Show when={id}>
            {(savedId) => (
              <RemoveButton
                busy={saving.busy()}
                onRemove={() => void finish(() => removeLabel(savedId()))}
              />
            )}
          </Show>
        </div>
      </form>
    </Dialog>
  );
}

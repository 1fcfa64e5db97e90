import { useNavigate } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { MAX_VIEW_LENGTH } from '../../../protocol/limits.ts';
import { isEmpty } from '../../../protocol/text/text.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { CheckField } from '../../components/fields/CheckField.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { useInbox } from '../inbox/context.ts';
import { pathOf, toSavedQuery } from '../inbox/queues/queues.ts';
import { changeView, createView } from './api.ts';
import styles from './ViewNameDialog.module.css';

/** A dialog for the name of a new view, or to rename the current one. */
export default function ViewNameDialog(props: {
  what: 'new' | 'rename';
  /** Runs an action and shows its error. Returns whether it succeeded. */
  act(run: () => Promise<unknown>): Promise<boolean>;
  onClose(): void;
}) {
  const { inbox, directory, view } = useInbox();
  const { views } = directory.lists;
  const navigate = useNavigate();
  const [name, setName] = createSignal(props.what === 'rename' ? (view()?.name ?? '') : '');
  const [shared, setShared] = createSignal(false);
  const [error, setError] = createSignal<string>();
  const [busy, setBusy] = createSignal(false);

  async function save(): Promise<void> {
    const current = view();
    if (isEmpty(name())) return void setError('Enter a name.');
    setBusy(true);
    const done = await props.act(async () => {
      if (props.what === 'rename' && current) {
        const changed = await changeView(current.id, { name: name() });
        views.put(changed.view, changed.version);
      } else {
        const query = toSavedQuery(inbox.filter());
        const created = await createView({ name: name(), query, shared: shared() });
        views.put(created.view, created.version);
        navigate(pathOf(inbox.filter(), undefined, created.view.id));
      }
    });
    setBusy(false);
    if (done) props.onClose();
  }

  return (
    <Dialog
      open
      look="card"
      title={props.what === 'rename' ? 'Rename view' : 'Save as a view'}
      onClose={props.onClose}
    >
      <form
        class={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field
          label="Name"
          value={name()}
          onInput={(event) => setName(event.currentTarget.value)}
          error={error()}
          data-max={MAX_VIEW_LENGTH}
        />
        <Show when={props.what === 'new'}>
          <CheckField label="Share with the team" checked={shared()} onChange={setShared} />
        </Show>
        <div class={styles.actions}>
          <Button onClick={props.onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy()}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

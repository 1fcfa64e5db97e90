import { useNavigate } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { MAX_VIEW_LENGTH } from '../../../protocol/limits.ts';
import { describeError } from '../../api/http.ts';
import { changeView, createView, removeView } from '../../api/views.ts';
import { Button } from '../../components/Button.tsx';
import { CheckField } from '../../components/CheckField.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Field } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Menu } from '../../components/Menu.tsx';
import { showToast } from '../../lib/toasts.ts';
import { useInbox } from './context.ts';
import { fromSavedQuery, pathOf, queueFilter, toSavedQuery } from './queues.ts';
import styles from './ViewMenu.module.css';

/** Keeps what the list shows under a name, and changes what is kept. */
export function ViewMenu() {
  const { inbox, directory, view } = useInbox();
  const navigate = useNavigate();
  const [naming, setNaming] = createSignal<'new' | 'rename' | null>(null);
  const [name, setName] = createSignal('');
  const [shared, setShared] = createSignal(false);
  const [error, setError] = createSignal<string>();
  const [busy, setBusy] = createSignal(false);

  const query = () => toSavedQuery(inbox.filter());
  const changed = () => {
    const saved = view()?.query;
    return saved && JSON.stringify(toSavedQuery(fromSavedQuery(saved))) !== JSON.stringify(query());
  };
  const choices = () => {
    const saveAs = { value: 'new', label: 'Save as a view…' };
    const current = view();
    if (!current) return [saveAs];
    return [
      ...(changed() ? [{ value: 'update', label: `Update “${current.name}”` }, saveAs] : []),
      { value: 'rename', label: 'Rename…' },
      current.shared
        ? { value: 'keep', label: 'Keep to myself', hint: 'The team has it no more' }
        : { value: 'share', label: 'Share with the team' },
      { value: 'remove', label: 'Delete this view' },
    ];
  };

  async function act(run: () => Promise<unknown>): Promise<boolean> {
    try {
      await run();
      directory.reload('views');
      return true;
    } catch (failure) {
      showToast({ tone: 'bad', text: describeError(failure) });
      return false;
    }
  }

  function choose(value: string): void {
    const current = view();
    if (value === 'new' || value === 'rename') {
      setName(value === 'rename' ? (current?.name ?? '') : '');
      setShared(false);
      setError(undefined);
      setNaming(value);
    } else if (!current) return;
    else if (value === 'update') void act(() => changeView(current.id, { query: query() }));
    else if (value === 'remove') {
      void act(() => removeView(current.id)).then((done) => {
        if (done) navigate(pathOf(queueFilter(inbox.filter().queue)));
      });
    } else void act(() => changeView(current.id, { shared: value === 'share' }));
  }

  async function save(): Promise<void> {
    const current = view();
    if (name().trim() === '') return void setError('Give the view a name.');
    setBusy(true);
    const done = await act(async () => {
      if (naming() === 'rename' && current) await changeView(current.id, { name: name() });
      else {
        const made = await createView({ name: name(), query: query(), shared: shared() });
        navigate(pathOf(inbox.filter(), undefined, made.id));
      }
    });
    setBusy(false);
    if (done) setNaming(null);
  }

  return (
    <>
      <Menu
        look="icon"
        label={view() ? 'This view' : 'Save as a view'}
        value={null}
        choices={choices()}
        onChoose={choose}
      >
        <Icon name="bookmark" />
      </Menu>
      <Dialog
        look="card"
        title={naming() === 'rename' ? 'Rename the view' : 'Save as a view'}
        open={naming() !== null}
        onClose={() => setNaming(null)}
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
            maxlength={MAX_VIEW_LENGTH}
          />
          <Show when={naming() === 'new'}>
            <CheckField label="Share with the team" checked={shared()} onChange={setShared} />
          </Show>
          <div class={styles.actions}>
            <Button onClick={() => setNaming(null)}>Cancel</Button>
            <Button type="submit" look="primary" busy={busy()}>
              Save
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}

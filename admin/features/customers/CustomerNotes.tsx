import { createEffect, createSignal, For, on, Show } from 'solid-js';
import { MAX_NOTE_LENGTH } from '../../../protocol/limits.ts';
import type { CustomerNote } from '../../../protocol/resources/customer.ts';
import { isEmpty } from '../../../protocol/text/text.ts';
import { describeError } from '../../api/http.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { Time } from '../../components/Time.tsx';
import { useSession } from '../session/session.ts';
import { addNote, listNotes, removeNote } from './api.ts';
import styles from './CustomerPage.module.css';

/** The team's notes about a customer. The customer never sees them. */
export function CustomerNotes(props: { customerId: string }) {
  const { me } = useSession();
  const [notes, setNotes] = createSignal<readonly CustomerNote[] | null>(null);
  const [draft, setDraft] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<string | null>(null);

  /** The text stays in the field until it is saved. */
  async function attempt(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(describeError(error));
    } finally {
      setBusy(false);
    }
  }

  createEffect(
    on(
      () => props.customerId,
      (id) => void attempt(async () => void setNotes(await listNotes(id))),
    ),
  );

  const add = () =>
    attempt(async () => {
      const note = await addNote(props.customerId, draft().trim());
      setNotes([note, ...(notes() ?? [])]);
      setDraft('');
    });
  const remove = (id: string) =>
    attempt(async () => {
      await removeNote(props.customerId, id);
      setNotes((notes() ?? []).filter((note) => note.id !== id));
    });

  return (
    <section aria-label="Notes">
      <h2 class={styles.heading}>Notes</h2>
      <form
        class={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <textarea
          class={styles.area}
          aria-label="New note"
          placeholder="For your team only"
          dir="auto"
          data-max={MAX_NOTE_LENGTH}
          value={draft()}
          onInput={(event) => setDraft(event.currentTarget.value)}
        />
        <Button type="submit" busy={busy()} disabled={isEmpty(draft())}>
          Add note
        </Button>
        <Show when={problem()}>
          {(text) => (
            <p class={styles.problem} role="alert">
              {text()}
            </p>
          )}
        </Show>
      </form>
      <Show when={notes()}>
        {(all) => (
          <Show when={all().length > 0} fallback={<p class={styles.nothing}>No notes yet.</p>}>
            <ul class={styles.list}>
              <For each={all()}>
                {(note) => (
                  <li class={styles.note}>
                    <p class={styles.body} dir="auto">
                      {note.body}
                    </p>
                    <p class={styles.meta}>
                      <span dir="auto">{note.author.name}</span> · <Time time={note.created_at} />
                      <Show when={me.role !== 'agent' || note.author.id === me.user.id}>
                        <IconButton
                          icon="close"
                          label="Remove note"
                          disabled={busy()}
                          onClick={() => void remove(note.id)}
                        />
                      </Show>
                    </p>
                  </li>
                )}
              </For>
            </ul>
          </Show>
        )}
      </Show>
    </section>
  );
}

import { createEffect, createSignal, on } from 'solid-js';
import { MAX_NAME_LENGTH } from '../../../protocol/limits.ts';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { createSaving } from '../../lib/saving.ts';
import { showToast } from '../../lib/toasts.ts';
import { changeMe } from '../session/api.ts';
import { useSession } from '../session/session.ts';
import { PictureField } from './PictureField.tsx';
import styles from './Profile.module.css';
import { ProfileSection, Refusal } from './ProfileSection.tsx';

/** The agent's name and picture. */
export function YouSection() {
  const session = useSession();
  const [name, setName] = createSignal(session.me.user.name);
  const saving = createSaving();
  // Follows changes from elsewhere until it is edited.
  createEffect(
    on(
      () => session.me.user.name,
      (saved, before) => name() === before && setName(saved),
    ),
  );

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const done = await saving.run(async () => {
      const saved = await changeMe({ name: name() });
      session.adopt(saved);
      setName(saved.user.name);
    });
    if (done) showToast({ tone: 'plain', text: 'Name saved.' });
  }

  return (
    <ProfileSection title="You">
      <PictureField />
      <form class={styles.form} onSubmit={save} noValidate>
        <Refusal text={saving.refusal()} />
        <Field
          label="Name"
          hint="Customers see this name."
          autocomplete="name"
          data-max={MAX_NAME_LENGTH}
          value={name()}
          error={saving.problems().name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <div class={styles.bar}>
          <Button type="submit" busy={saving.busy()} disabled={name() === session.me.user.name}>
            {saving.busy() ? 'Saving…' : 'Save'}
          </Button>
        </div>
      </form>
    </ProfileSection>
  );
}

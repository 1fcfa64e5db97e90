import { createEffect, createSignal, on } from 'solid-js';
import { MAX_NAME_LENGTH } from '../../../protocol/limits.ts';
import { isEmpty } from '../../../protocol/text/text.ts';
import { Field } from '../../components/fields/Field.tsx';
import { SaveMark } from '../../components/SaveMark.tsx';
import { createAutosave } from '../../lib/autosave.ts';
import { warnBeforeLeaving } from '../../lib/unsaved-changes.ts';
import { changeMe } from '../session/api.ts';
import { useSession } from '../session/session.ts';
import { PictureField } from './PictureField.tsx';
import styles from './Profile.module.css';
import { ProfileSection } from './ProfileSection.tsx';

/** The agent's name and picture. The name saves when its field is left, or with Enter. */
export function YouSection() {
  const session = useSession();
  const [name, setName] = createSignal(session.me.user.name);
  const saves = createAutosave();
  const changed = () => name() !== session.me.user.name;
  warnBeforeLeaving(changed);
  // Follows changes from elsewhere until it is edited.
  createEffect(
    on(
      () => session.me.user.name,
      (saved, before) => name() === before && setName(saved),
    ),
  );

  async function save(): Promise<void> {
    if (!changed() || isEmpty(name())) return;
    await saves.save('name', async () => {
      const saved = await changeMe({ name: name() });
      session.adopt(saved);
      setName(saved.user.name);
    });
  }

  return (
    <ProfileSection title="You">
      <PictureField />
      <form
        class={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field
          label="Name"
          hint="Customers see this name."
          autocomplete="name"
          data-max={MAX_NAME_LENGTH}
          value={name()}
          error={isEmpty(name()) ? 'Enter your name.' : undefined}
          onInput={(event) => setName(event.currentTarget.value)}
          onBlur={() => void save()}
        />
        <SaveMark of="name" saves={saves} />
      </form>
    </ProfileSection>
  );
}

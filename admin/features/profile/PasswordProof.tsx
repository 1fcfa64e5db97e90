import { createSignal } from 'solid-js';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { createSaving } from '../../lib/saving.ts';
import styles from './Profile.module.css';
import { Refusal } from './ProfileSection.tsx';

/** Asks for the password before an action that someone at an unlocked browser must not do. */
export function PasswordProof(props: {
  action: string;
  /** The action that needs the password. Its rejection is shown. */
  run(password: string): Promise<void>;
  onCancel(): void;
}) {
  const [password, setPassword] = createSignal('');
  const saving = createSaving();
  return (
    <form
      class={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void saving.run(() => props.run(password()));
      }}
    >
      <Refusal text={saving.refusal()} />
      <Field
        ref={(field) => queueMicrotask(() => field.focus())}
        label="Your password"
        type="password"
        autocomplete="current-password"
        value={password()}
        error={saving.problems().password}
        onInput={(event) => setPassword(event.currentTarget.value)}
      />
      <div class={styles.bar}>
        <Button type="submit" look="primary" busy={saving.busy()} disabled={password() === ''}>
          {saving.busy() ? 'Checking…' : props.action}
        </Button>
        <Button look="quiet" disabled={saving.busy()} onClick={() => props.onCancel()}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

import { createSignal } from 'solid-js';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { passwordHint } from '../../lib/password-hint.ts';
import { createSaving } from '../../lib/saving.ts';
import { showToast } from '../../lib/toasts.ts';
import { useSession } from '../session/session.ts';
import { changePassword } from './api.ts';
import styles from './Profile.module.css';
import { ProfileSection, Refusal } from './ProfileSection.tsx';
import { useSessions } from './sessions.ts';

/** Changes the password, with the current one. */
export function PasswordSection() {
  const session = useSession();
  const sessions = useSessions();
  const [current, setCurrent] = createSignal('');
  const [next, setNext] = createSignal('');
  const saving = createSaving();

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (!(await saving.run(() => changePassword(current(), next())))) return;
    setCurrent('');
    setNext('');
    showToast({ tone: 'plain', text: 'Password changed. We signed you out everywhere else.' });
    void sessions.load();
  }

  return (
    <ProfileSection title="Password" text="Changing it signs you out everywhere else.">
      <form class={styles.form} onSubmit={save} noValidate>
        <Refusal text={saving.refusal()} />
        {/* Tells password managers whose password it is. */}
        <input hidden type="email" autocomplete="username" value={session.me.user.email} />
        <Field
          label="Current password"
          type="password"
          autocomplete="current-password"
          value={current()}
          error={saving.problems().current}
          onInput={(event) => setCurrent(event.currentTarget.value)}
        />
        <Field
          label="New password"
          type="password"
          hint={passwordHint()}
          autocomplete="new-password"
          value={next()}
          error={saving.problems().next}
          onInput={(event) => setNext(event.currentTarget.value)}
        />
        <div class={styles.bar}>
          <Button type="submit" busy={saving.busy()} disabled={current() === '' || next() === ''}>
            {saving.busy() ? 'Changing…' : 'Change password'}
          </Button>
        </div>
      </form>
    </ProfileSection>
  );
}

import { createSignal, Show } from 'solid-js';
import { MAX_EMAIL_LENGTH } from '../../../protocol/limits.ts';
import { trimEmail } from '../../../protocol/text/email.ts';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { createSaving } from '../../lib/saving.ts';
import { createOne } from '../../live/cache.ts';
import { useSession } from '../session/session.ts';
import { askToConfirmAddress, changeAddress, sendsMail } from './api.ts';
import styles from './Profile.module.css';
import { ProfileSection, Refusal } from './ProfileSection.tsx';

/** The e-mail address: confirmed by a link, and changed by a link to the new address. */
export function AddressSection() {
  const session = useSession();
  // If this cannot be loaded, the refusal of an attempt says the same.
  const { value: mails, load } = createOne({ fetch: sendsMail });
  void load();
  const [changing, setChanging] = createSignal(false);
  /** The address to which a link was sent, or null. */
  const [sentTo, setSentTo] = createSignal<string | null>(null);
  const [email, setEmail] = createSignal('');
  const [password, setPassword] = createSignal('');
  const saving = createSaving();
  const user = () => session.me.user;
  let opener: HTMLButtonElement | undefined;

  function close(): void {
    setChanging(false);
    setPassword('');
    queueMicrotask(() => opener?.focus());
  }

  async function confirm(): Promise<void> {
    if (await saving.run(askToConfirmAddress)) setSentTo(user().email);
  }

  async function change(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const newEmail = trimEmail(email());
    if (!(await saving.run(() => changeAddress(newEmail, password())))) return;
    setSentTo(newEmail);
    setEmail('');
    close();
  }

  return (
    <ProfileSection
      title="E-mail address"
      text="Used to sign in and for e-mails from Foyer."
      tag={
        <span class={styles.tag} classList={{ [styles.good ?? '']: user().email_verified }}>
          {user().email_verified ? 'Confirmed' : 'Not confirmed'}
        </span>
      }
    >
      <p class={styles.value}>{user().email}</p>
      <Show when={!user().email_verified && mails() !== false}>
        <p class={styles.note}>
          Confirm address. Until you do, this account can’t join another organization with a shared
          link, and someone else can claim the address by confirming it.
        </p>
      </Show>
      <Show when={mails() === false}>
        <p class={styles.note}>
          E-mail isn’t set up on this server, so addresses can’t be confirmed or changed. Ask
          whoever runs it.
        </p>
      </Show>
      <div role="status">
        <Show when={sentTo() !== null && !(user().email_verified && user().email === sentTo())}>
          <p class={styles.done}>
            We sent a link to <strong>{sentTo()}</strong>. It works for one day in a browser where
            you’re signed in
            {sentTo() === user().email
              ? '.'
              : `. Until you open it, your address stays ${user().email}.`}
          </p>
        </Show>
      </div>
      <Show
        when={changing()}
        fallback={
          <>
            <Refusal text={saving.refusal()} />
            <div class={styles.bar}>
              <Button ref={opener} disabled={mails() === false} onClick={() => setChanging(true)}>
                Change address
              </Button>
              <Show when={!user().email_verified}>
                <Button
                  look="quiet"
                  busy={saving.busy()}
                  disabled={mails() === false}
                  onClick={() => void confirm()}
                >
                  Confirm address
                </Button>
              </Show>
            </div>
          </>
        }
      >
        <form class={styles.form} onSubmit={change} noValidate>
          <Refusal text={saving.refusal()} />
          <Field
            ref={(field) => queueMicrotask(() => field.focus())}
            label="New e-mail address"
            type="text"
            inputmode="email"
            autocapitalize="none"
            spellcheck={false}
            autocomplete="email"
            data-max={MAX_EMAIL_LENGTH}
            value={email()}
            error={saving.problems().email}
            onInput={(event) => setEmail(event.currentTarget.value)}
          />
          <Field
            label="Your password"
            type="password"
            autocomplete="current-password"
            value={password()}
            error={saving.problems().password}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
          <div class={styles.bar}>
            <Button type="submit" look="primary" busy={saving.busy()}>
              {saving.busy() ? 'Sending…' : 'Send link'}
            </Button>
            <Button look="quiet" disabled={saving.busy()} onClick={close}>
              Cancel
            </Button>
          </div>
        </form>
      </Show>
    </ProfileSection>
  );
}

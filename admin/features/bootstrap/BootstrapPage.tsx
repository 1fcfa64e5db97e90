import { A, useNavigate } from '@solidjs/router';
import { createSignal, onMount, Show } from 'solid-js';
import { createStore } from 'solid-js/store';
import { MIN_PASSWORD_LENGTH } from '../../../protocol/limits.ts';
import { trimEmail } from '../../../protocol/text/email.ts';
import { isEmpty } from '../../../protocol/text/text.ts';
import { RequestError } from '../../api/http.ts';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { PASSWORD_HINT } from '../../lib/password-hint.ts';
import { describeBrowser } from '../../lib/user-agent.ts';
import {
  canUsePasskeys,
  createOrganizationWithPasskey,
  describePasskeyError,
} from '../passkeys/api.ts';
import styles from '../session/EntryPage.module.css';
import { EntryPage } from '../session/EntryPage.tsx';
import { signIn } from '../session/sign-in-api.ts';
import { createOrganization } from './api.ts';
import { slugOf } from './slug.ts';

const EMPTY = { code: '', organization: '', slug: '', name: '', email: '', password: '' };

export default function BootstrapPage() {
  const navigate = useNavigate();
  const [form, setForm] = createStore({ ...EMPTY });
  const [slugTouched, setSlugTouched] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [refusal, setRefusal] = createSignal<string | null>(null);
  const [problems, setProblems] = createSignal<Record<string, string>>({});
  const slug = () => (slugTouched() ? form.slug : slugOf(form.organization));
  /** Whether the owner signs in with a passkey instead of a password. */
  const [passkey, setPasskey] = createSignal(false);
  const complete = () =>
    slug() !== '' &&
    (passkey() || form.password.length >= MIN_PASSWORD_LENGTH) &&
    [form.code, form.organization, form.name, form.email].every((text) => !isEmpty(text));

  onMount(() => {
    document.title = 'Set up · Foyer';
  });

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (busy() || !complete()) return;
    setBusy(true);
    setRefusal(null);
    setProblems({});
    const email = trimEmail(form.email);
    const request = {
      code: form.code.trim(),
      organization: { name: form.organization.trim(), slug: slug() },
    };
    const owner = { name: form.name.trim(), email };
    try {
      if (passkey()) {
        const called = describeBrowser(navigator.userAgent) ?? 'Passkey';
        await createOrganizationWithPasskey({ ...request, owner }, called);
      } else {
        await createOrganization({ ...request, owner: { ...owner, password: form.password } });
        // The account exists now. If signing in fails, the sign-in page says why.
        await signIn(email, form.password).catch(() => undefined);
      }
      navigate('/inbox/unassigned', { replace: true });
    } catch (error) {
      setRefusal(describePasskeyError(error));
      if (error instanceof RequestError) setProblems(error.fields ?? {});
    } finally {
      setBusy(false);
    }
  }

  return (
    <EntryPage
      title="Set up Foyer"
      text="Create your organization and your owner account. `npm run deploy` printed the set-up code."
    >
      <form class={styles.form} onSubmit={submit} noValidate>
        <div role="alert">
          <Show when={refusal()}>{(text) => <p class={styles.refusal}>{text()}</p>}</Show>
        </div>
        <Field
          label="Set-up code"
          type="password"
          autocomplete="off"
          required
          error={problems().code}
          value={form.code}
          onInput={(event) => setForm('code', event.currentTarget.value)}
        />
        <fieldset class={styles.group}>
          <legend class={styles.legend}>Organization</legend>
          <Field
            label="Name"
            autocomplete="organization"
            required
            error={problems()['organization.name']}
            value={form.organization}
            onInput={(event) => setForm('organization', event.currentTarget.value)}
          />
          <Field
            label="Short name"
            hint="Lowercase letters, numbers and hyphens."
            autocomplete="off"
            spellcheck={false}
            required
            error={problems()['organization.slug']}
            value={slug()}
            onInput={(event) => {
              setSlugTouched(true);
              setForm('slug', event.currentTarget.value);
            }}
          />
        </fieldset>
        <fieldset class={styles.group}>
          <legend class={styles.legend}>Owner</legend>
          <Field
            label="Your name"
            autocomplete="name"
            required
            error={problems()['owner.name']}
            value={form.name}
            onInput={(event) => setForm('name', event.currentTarget.value)}
          />
          <Field
            label="E-mail"
            type="text"
            inputmode="email"
            autocapitalize="none"
            spellcheck={false}
            autocomplete="username"
            required
            error={problems()['owner.email']}
            value={form.email}
            onInput={(event) => setForm('email', event.currentTarget.value)}
          />
          <Show
            when={!passkey()}
            fallback={
              <p class={styles.sent}>
                Your device will ask for a passkey when you click the button below. You’ll sign in
                with it instead of a password.
              </p>
            }
          >
            <Field
              label="Password"
              type="password"
              hint={PASSWORD_HINT}
              autocomplete="new-password"
              required
              error={problems()['owner.password']}
              value={form.password}
              onInput={(event) => setForm('password', event.currentTarget.value)}
            />
          </Show>
          <Show when={canUsePasskeys()}>
            <Button look="quiet" disabled={busy()} onClick={() => setPasskey(!passkey())}>
              {passkey() ? 'Choose a password instead' : 'Use a passkey instead of a password'}
            </Button>
          </Show>
        </fieldset>
        <Button type="submit" look="primary" busy={busy()} disabled={!complete()}>
          {busy() ? 'Creating…' : 'Create organization'}
        </Button>
      </form>
      <p class={styles.aside}>
        Already set up? <A href="/sign-in">Sign in</A>
      </p>
    </EntryPage>
  );
}

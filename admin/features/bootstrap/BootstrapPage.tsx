import { A, useNavigate } from '@solidjs/router';
import { createSignal, onMount, Show } from 'solid-js';
import { createStore } from 'solid-js/store';
import { trimEmail } from '../../../protocol/text/email.ts';
import { RequestError } from '../../api/http.ts';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { passwordHint } from '../../lib/password-hint.ts';
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
import { problemsOf } from './problems.ts';

/**
 * The set-up code from the address that `npm run deploy` prints. The fragment never reaches a server;
 * it leaves the address bar at once, so that it is not shared with the address.
 */
function takeCode(): string {
  const code = decodeURIComponent(location.hash.slice(1));
  if (code) history.replaceState(history.state, '', location.pathname);
  return code;
}

/** Creates the first organization and its owner. It asks for four things; the short name follows. */
export default function BootstrapPage() {
  const navigate = useNavigate();
  const [form, setForm] = createStore({
    code: '',
    organization: '',
    name: '',
    email: '',
    password: '',
  });
  /** Whether the address brought the code, and it has not been refused. */
  const [hasCode, setHasCode] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [refusal, setRefusal] = createSignal<string | null>(null);
  const [problems, setProblems] = createSignal<Record<string, string>>({});
  /** Whether the owner signs in with a passkey instead of a password. */
  const [passkey, setPasskey] = createSignal(false);
  let element: HTMLFormElement | undefined;

  onMount(() => {
    document.title = 'Set up · Foyer';
    const code = takeCode();
    setForm('code', code);
    setHasCode(code !== '');
    element?.querySelector<HTMLElement>('input')?.focus();
  });

  function show(fields: Record<string, string>): void {
    setProblems(fields);
    element?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (busy()) return;
    setRefusal(null);
    show(problemsOf({ ...form, password: passkey() ? null : form.password }));
    if (Object.keys(problems()).length > 0) return;
    setBusy(true);
    const email = trimEmail(form.email);
    const request = {
      code: form.code.trim(),
      organization: { name: form.organization.trim() },
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
      navigate('/settings/get-started', { replace: true });
    } catch (error) {
      // The code may be from an earlier deployment: another one can be entered.
      if (error instanceof RequestError && error.status === 403) setHasCode(false);
      const fields = error instanceof RequestError ? (error.fields ?? {}) : {};
      if (Object.keys(fields).length === 0) setRefusal(describePasskeyError(error));
      show(fields);
    } finally {
      setBusy(false);
    }
  }

  return (
    <EntryPage title="Set up Foyer" text="Create your organization and your account.">
      <form ref={element} class={styles.form} onSubmit={submit} noValidate>
        <div role="alert">
          <Show when={refusal()}>{(text) => <p class={styles.refusal}>{text()}</p>}</Show>
        </div>
        <Show when={!hasCode()}>
          <Field
            label="Set-up code"
            hint="From the last lines of npm run deploy."
            type="password"
            autocomplete="off"
            required
            error={problems().code}
            value={form.code}
            onInput={(event) => setForm('code', event.currentTarget.value)}
          />
        </Show>
        <Field
          label="Organization’s name"
          autocomplete="organization"
          required
          error={problems()['organization.name']}
          value={form.organization}
          onInput={(event) => setForm('organization', event.currentTarget.value)}
        />
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
            hint={passwordHint()}
            autocomplete="new-password"
            required
            error={problems()['owner.password']}
            value={form.password}
            onInput={(event) => setForm('password', event.currentTarget.value)}
          />
        </Show>
        <Button type="submit" look="primary" busy={busy()}>
          {busy() ? 'Creating…' : 'Create organization'}
        </Button>
        <Show when={canUsePasskeys()}>
          <Button look="quiet" disabled={busy()} onClick={() => setPasskey(!passkey())}>
            {passkey() ? 'Choose a password instead' : 'Use a passkey instead of a password'}
          </Button>
        </Show>
      </form>
      <p class={styles.aside}>
        Already set up? <A href="/sign-in">Sign in</A>
      </p>
    </EntryPage>
  );
}

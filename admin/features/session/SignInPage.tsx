import { A, useNavigate, useSearchParams } from '@solidjs/router';
import { createEffect, createSignal, onCleanup, onMount, Show } from 'solid-js';
import { trimEmail } from '../../../protocol/text/email.ts';
import { isEmpty } from '../../../protocol/text/text.ts';
import { describeError, RequestError } from '../../api/http.ts';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { t as common } from '../../texts/common.ts';
import { t } from '../../texts/session.ts';
import { canBootstrap } from '../bootstrap/api.ts';
import { getMe } from './api.ts';
import styles from './EntryPage.module.css';
import { EntryPage } from './EntryPage.tsx';
import { PasswordlessSignIn } from './PasswordlessSignIn.tsx';
import { returnPath } from './return-path.ts';
import { signIn, verifyCode } from './sign-in-api.ts';

/** Seconds to wait after too many attempts if the server did not say how long. */
const DEFAULT_WAIT = 10;

function refusalOf(error: unknown): string {
  const mistyped = error instanceof RequestError && error.status === 400;
  return mistyped ? t.enterValidEmail : describeError(error);
}

function waitText(seconds: number): string {
  return seconds < 100
    ? t.tryAgainInSeconds(seconds)
    : t.tryAgainInMinutes(Math.ceil(seconds / 60));
}

export default function SignInPage() {
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const [email, setEmail] = createSignal('');
  const [password, setPassword] = createSignal('');
  /** The two-step code; null while none is needed. */
  const [code, setCode] = createSignal<string | null>(null);
  const [busy, setBusy] = createSignal(false);
  const [refusal, setRefusal] = createSignal<string | null>(null);
  /** Seconds until the next attempt is allowed. */
  const [wait, setWait] = createSignal(0);
  /** The server's reason for the wait. */
  const [tooMany, setTooMany] = createSignal('');
  /** Whether this installation has no organization yet. */
  const [isNew, setIsNew] = createSignal(false);
  let form: HTMLFormElement | undefined;
  const field = (name: string) => form?.querySelector<HTMLInputElement>(`[name="${name}"]`);

  onMount(() => {
    document.title = `${t.signIn} · Foyer`;
    field('email')?.focus();
    // Without an answer the link stays hidden; signing in says what is wrong.
    canBootstrap().then(setIsNew, () => undefined);
  });
  createEffect(() => {
    if (wait() === 0) return;
    const timer = setTimeout(() => setWait(wait() - 1), 1_000);
    onCleanup(() => clearTimeout(timer));
  });

  async function enter(): Promise<void> {
    await getMe();
    navigate(returnPath(query.return), { replace: true });
  }

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (busy() || wait() > 0) return;
    if (trimEmail(email()) === '' || password() === '') {
      setRefusal(t.enterEmailAndPassword);
      return;
    }
    const typed = code();
    if (typed !== null && isEmpty(typed)) {
      setRefusal(t.enterCode);
      return;
    }
    setRefusal(null);
    setBusy(true);
    try {
      if (typed !== null) await verifyCode(typed.trim());
      else if ((await signIn(trimEmail(email()), password())) === 'second-factor') {
        setCode('');
        field('code')?.focus();
        return;
      }
      await enter();
    } catch (error) {
      if (error instanceof RequestError && error.status === 429) {
        setTooMany(describeError(error));
        setWait(Math.ceil(error.retryAfter ?? DEFAULT_WAIT));
      } else {
        setRefusal(refusalOf(error));
      }
      if (error instanceof RequestError && error.status === 401) {
        field(code() === null ? 'password' : 'code')?.select();
      }
    } finally {
      setBusy(false);
    }
  }

  function startOver(): void {
    setCode(null);
    setPassword('');
    setRefusal(null);
    field('email')?.focus();
  }

  return (
    <EntryPage
      title={code() === null ? t.signInTitle : t.oneMoreStep}
      text={code() === null ? t.signInText : t.enterCodeFor(trimEmail(email()))}
    >
      <form ref={form} class={styles.form} onSubmit={submit} noValidate>
        <div role="alert">
          <Show when={refusal()}>{(text) => <p class={styles.refusal}>{text()}</p>}</Show>
          <Show when={wait() > 0}>
            <p class={styles.refusal}>
              {tooMany()} {t.entriesKept}
            </p>
          </Show>
        </div>
        <Show
          when={code() !== null}
          fallback={
            <>
              <Field
                label={common.email}
                name="email"
                type="text"
                inputmode="email"
                autocapitalize="none"
                spellcheck={false}
                autocomplete="username"
                required
                value={email()}
                onInput={(event) => setEmail(event.currentTarget.value)}
              />
              <Field
                label={common.password}
                name="password"
                type="password"
                autocomplete="current-password"
                required
                value={password()}
                onInput={(event) => setPassword(event.currentTarget.value)}
              />
            </>
          }
        >
          <Field
            label={t.code}
            name="code"
            hint={t.codeHint}
            autocomplete="one-time-code"
            required
            value={code() ?? ''}
            onInput={(event) => setCode(event.currentTarget.value)}
          />
        </Show>
        <Button type="submit" look="primary" busy={busy()} disabled={wait() > 0}>
          {wait() > 0 ? waitText(wait()) : busy() ? t.signingIn : t.signIn}
        </Button>
      </form>
      <Show
        when={code() !== null}
        fallback={
          <>
            <PasswordlessSignIn
              email={email()}
              disabled={busy()}
              onStart={() => setRefusal(null)}
              onSignedIn={enter}
              onRefused={setRefusal}
            />
            <p class={styles.aside}>
              <A href="/new-password">{t.forgotPassword}</A>
            </p>
            <Show when={isNew()}>
              <p class={styles.aside}>
                {t.newHere} <A href="/setup">{t.setUp}</A>
              </p>
            </Show>
          </>
        }
      >
        <p class={styles.aside}>
          {t.codeExpired}{' '}
          <button type="button" class={styles.link} onClick={startOver}>
            {t.startOver}
          </button>
        </p>
        <p class={styles.aside}>{t.lostPhone}</p>
      </Show>
    </EntryPage>
  );
}

import { createSignal, For, Match, onMount, Show, Switch } from 'solid-js';
import type { Passkey } from '../../../protocol/resources/team.ts';
import { RequestError } from '../../api/http.ts';
import { Button } from '../../components/Button.tsx';
import { WhenLoaded } from '../../components/Section.tsx';
import { showToast } from '../../lib/toasts.ts';
import { describeBrowser } from '../../lib/user-agent.ts';
import { createCache } from '../../live/cache.ts';
import { PasswordProof } from '../profile/PasswordProof.tsx';
import styles from '../profile/Profile.module.css';
import { ProfileSection, Refusal } from '../profile/ProfileSection.tsx';
import {
  addPasskey,
  canUsePasskeys,
  describePasskeyError,
  listPasskeys,
  removePasskey,
} from './api.ts';
import { PasskeyRow } from './PasskeyRow.tsx';

/** An action that needs the password: it is run again with it. */
type Pending = { why: string; action: string; run(password: string): Promise<void> };

/** Lists passkeys, and adds, renames and removes them. */
export function PasskeysSection() {
  const passkeys = createCache({ fetch: listPasskeys, idOf: ({ id }) => id });
  const [busy, setBusy] = createSignal<string | null>(null);
  const [refusal, setRefusal] = createSignal<string | null>(null);
  const [pending, setPending] = createSignal<Pending | null>(null);
  let opener: HTMLButtonElement | undefined;

  onMount(() => void passkeys.load());

  /** Runs an action. If the sign-in is too old for it, asks for the password. */
  async function change(
    which: string,
    {
      action,
      doneText: confirmation,
      run,
    }: { action: string; doneText: string; run(password?: string): Promise<void> },
  ): Promise<void> {
    if (busy() !== null) return;
    setBusy(which);
    setRefusal(null);
    const done = async (password?: string) => {
      await run(password);
      setPending(null);
      await passkeys.load();
      showToast({ tone: 'plain', text: confirmation });
      opener?.focus();
    };
    try {
      await done();
    } catch (error) {
      if (error instanceof RequestError && error.status === 403) {
        setPending({ why: error.message, action, run: done });
      } else {
        setRefusal(describePasskeyError(error));
      }
    } finally {
      setBusy(null);
    }
  }

  const add = () =>
    change('new', {
      action: 'Add a passkey',
      doneText: 'Passkey added.',
      run: (password) => addPasskey(describeBrowser(navigator.userAgent) ?? 'Passkey', password),
    });

  const remove = ({ id, name }: Passkey) =>
    change(id, {
      action: `Remove ${name}`,
      doneText: `${name} removed.`,
      run: (password) => removePasskey(id, password),
    });

  return (
    <ProfileSection
      title="Passkeys"
      text="Sign in with the fingerprint, face or PIN that unlocks your device, instead of a password and a code."
    >
      <Refusal text={refusal()} />
      <WhenLoaded of={passkeys} what="passkeys">
        {(all) => (
          <Show when={all().length > 0}>
            <ul class={styles.sessions} aria-label="Passkeys">
              <For each={all()}>
                {(passkey) => (
                  <PasskeyRow
                    passkey={passkey}
                    busy={busy() === passkey.id}
                    disabled={busy() !== null}
                    onRenamed={() => void passkeys.load()}
                    onRemove={() => void remove(passkey)}
                  />
                )}
              </For>
            </ul>
          </Show>
        )}
      </WhenLoaded>
      <Switch
        fallback={<p class={styles.hint}>This browser doesn’t support passkeys at this address.</p>}
      >
        <Match when={pending()}>
          {(what) => (
            <>
              <p class={styles.hint}>{what().why}</p>
              <PasswordProof
                action={what().action}
                run={(password) => what().run(password)}
                onCancel={() => setPending(null)}
              />
            </>
          )}
        </Match>
        <Match when={canUsePasskeys()}>
          <div class={styles.bar}>
            <Button
              ref={opener}
              busy={busy() === 'new'}
              disabled={busy() !== null}
              onClick={() => void add()}
            >
              {busy() === 'new' ? 'Waiting for your device…' : 'Add a passkey'}
            </Button>
          </div>
        </Match>
      </Switch>
    </ProfileSection>
  );
}

import { createSignal, Match, Show, Switch } from 'solid-js';
import { Button } from '../../components/Button.tsx';
import { showToast } from '../../lib/toasts.ts';
import { useSession } from '../session/session.ts';
import { beginSecondFactor, disableSecondFactor, type SecondFactor } from './api.ts';
import { BackupCodes } from './BackupCodes.tsx';
import { PasswordProof } from './PasswordProof.tsx';
import styles from './Profile.module.css';
import { ProfileSection } from './ProfileSection.tsx';
import { SecondFactorSetup } from './SecondFactorSetup.tsx';
import { useSessions } from './sessions.ts';

type State =
  | { at: 'rest' }
  /** Asks for the password, to turn it on or off. */
  | { at: 'proof' }
  | { at: 'scan'; factor: SecondFactor }
  | { at: 'codes'; factor: SecondFactor };

/** Turns two-step sign-in with an authenticator app on and off. */
export function SecondFactorSection() {
  const session = useSession();
  const sessions = useSessions();
  const [state, setState] = createSignal<State>({ at: 'rest' });
  const on = () => session.me.user.two_factor;
  let opener: HTMLButtonElement | undefined;

  const factor = (at: 'scan' | 'codes') => {
    const current = state();
    return current.at === at ? current.factor : null;
  };

  function rest(): void {
    setState({ at: 'rest' });
    queueMicrotask(() => opener?.focus());
  }

  function adopt(two_factor: boolean): void {
    session.adopt({ ...session.me, user: { ...session.me.user, two_factor } });
    // The session now has another id.
    void sessions.load();
  }

  return (
    <ProfileSection
      title="Two-step sign-in"
      text="Ask for a code from your phone as well as your password."
      tag={
        <span class={styles.tag} classList={{ [styles.good ?? '']: on() }}>
          {on() ? 'On' : 'Off'}
        </span>
      }
    >
      <Switch>
        <Match when={state().at === 'rest'}>
          <div class={styles.bar}>
            <Button ref={opener} onClick={() => setState({ at: 'proof' })}>
              {on() ? 'Turn off' : 'Set up'}
            </Button>
          </div>
        </Match>
        <Match when={state().at === 'proof'}>
          <Show
            when={on()}
            fallback={
              <PasswordProof
                action="Continue"
                onCancel={rest}
                run={async (password) => {
                  setState({ at: 'scan', factor: await beginSecondFactor(password) });
                }}
              />
            }
          >
            <PasswordProof
              action="Turn off"
              onCancel={rest}
              run={async (password) => {
                await disableSecondFactor(password);
                adopt(false);
                rest();
                showToast({ tone: 'plain', text: 'Two-step sign-in is off.' });
              }}
            />
          </Show>
        </Match>
        <Match when={factor('scan')}>
          {(factor) => (
            <SecondFactorSetup
              uri={factor().totpURI}
              onCancel={rest}
              onConfirmed={() => {
                setState({ at: 'codes', factor: factor() });
                adopt(true);
              }}
            />
          )}
        </Match>
        <Match when={factor('codes')}>
          {(factor) => <BackupCodes codes={factor().backupCodes} onDone={rest} />}
        </Match>
      </Switch>
    </ProfileSection>
  );
}

import { createSignal, For, Show } from 'solid-js';
import type { AgentSession } from '../../../protocol/resources/team.ts';
import { Button } from '../../components/Button.tsx';
import { WhenLoaded } from '../../components/Section.tsx';
import { Time } from '../../components/Time.tsx';
import { createSaving } from '../../lib/saving.ts';
import { showToast } from '../../lib/toasts.ts';
import { describeBrowser } from '../../lib/user-agent.ts';
import { endOtherSessions, endSession } from './api.ts';
import styles from './Profile.module.css';
import { ProfileSection, Refusal } from './ProfileSection.tsx';
import { useSessions } from './sessions.ts';

/** The sessions of the agent, each with a button to end it. */
export function SessionsSection() {
  const sessions = useSessions();
  const saving = createSaving();
  /** The session that is being ended, or `others`. */
  const [ending, setEnding] = createSignal<string | null>(null);
  let list: HTMLUListElement | undefined;

  async function end(
    which: string,
    confirmation: string,
    work: () => Promise<void>,
  ): Promise<void> {
    setEnding(which);
    const done = await saving.run(work);
    setEnding(null);
    // The list can be out of date: the session may have ended already.
    await sessions.load();
    if (!done) return;
    showToast({ tone: 'plain', text: confirmation });
    // The focused button is gone.
    list?.focus();
  }

  return (
    <ProfileSection
      title="Where you’re signed in"
      text="Don’t recognise one? Sign it out and change your password. Sessions end after 14 days without use, and after 30 days at the latest."
    >
      <Refusal text={saving.refusal()} />
      <WhenLoaded of={sessions} what="sessions">
        {(all) => (
          <>
            <ul ref={list} class={styles.sessions} tabindex="-1" aria-label="Sessions">
              <For each={all()}>
                {(session) => (
                  <li class={styles.session}>
                    <div class={styles.sessionText}>
                      <p class={styles.browser}>
                        {browserOf(session)}
                        <Show when={session.current}>
                          <span class={`${styles.tag} ${styles.good}`}>This browser</span>
                        </Show>
                      </p>
                      <p class={styles.hint}>
                        <Show when={session.ip_address}>{(address) => <>{address()} · </>}</Show>
                        signed in <Time time={session.created_at} ago />
                        {/* Recorded once a day, so it is not shown for this browser. */}
                        <Show when={!session.current}>
                          , last used <Time time={session.used_at} ago />
                        </Show>
                      </p>
                    </div>
                    <Show when={!session.current}>
                      <Button
                        busy={ending() === session.id}
                        disabled={saving.busy()}
                        aria-label={`Sign out ${browserOf(session)}`}
                        onClick={() =>
                          void end(session.id, `${browserOf(session)} signed out.`, () =>
                            endSession(session.id),
                          )
                        }
                      >
                        Sign out
                      </Button>
                    </Show>
                  </li>
                )}
              </For>
            </ul>
            <Show
              when={all().length > 1}
              fallback={<p class={styles.hint}>You’re not signed in anywhere else.</p>}
            >
              <div class={styles.bar}>
                <Button
                  busy={ending() === 'others'}
                  disabled={saving.busy()}
                  onClick={() =>
                    void end('others', 'Signed out everywhere else.', endOtherSessions)
                  }
                >
                  Sign out everywhere else
                </Button>
              </div>
            </Show>
          </>
        )}
      </WhenLoaded>
    </ProfileSection>
  );
}

const browserOf = ({ user_agent }: AgentSession) =>
  describeBrowser(user_agent) ?? 'Unknown browser';

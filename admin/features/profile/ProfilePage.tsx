import { onCleanup, onMount } from 'solid-js';
import { Section } from '../../components/Section.tsx';
import { createCache } from '../../live/cache.ts';
import { PasskeysSection } from '../passkeys/PasskeysSection.tsx';
import { getMe } from '../session/api.ts';
import { useSession } from '../session/session.ts';
import { AddressSection } from './AddressSection.tsx';
import { listSessions } from './api.ts';
import { PasswordSection } from './PasswordSection.tsx';
import { PreferencesSection } from './PreferencesSection.tsx';
import { SecondFactorSection } from './SecondFactorSection.tsx';
import { SessionsSection } from './SessionsSection.tsx';
import { SessionsContext } from './sessions.ts';
import { YouSection } from './YouSection.tsx';

/** The profile of the signed-in agent. */
export function ProfilePage() {
  const session = useSession();
  const sessions = createCache({ fetch: listSessions, idOf: ({ id }) => id });

  // The address can be confirmed in another tab or on another device.
  async function catchUp(): Promise<void> {
    if (document.visibilityState !== 'visible') return;
    void sessions.load();
    const me = await getMe().catch(() => null);
    if (me) session.adopt(me);
  }
  onMount(() => {
    void sessions.load();
    document.addEventListener('visibilitychange', catchUp);
  });
  onCleanup(() => document.removeEventListener('visibilitychange', catchUp));

  return (
    <SessionsContext.Provider value={sessions}>
      <Section title="Profile" text="Your account and preferences.">
        <YouSection />
        <PreferencesSection />
        <AddressSection />
        <PasswordSection />
        <PasskeysSection />
        <SecondFactorSection />
        <SessionsSection />
      </Section>
    </SessionsContext.Provider>
  );
}

import { onCleanup, onMount } from 'solid-js';
import { listSessions } from '../../api/profile.ts';
import { getMe } from '../../api/session.ts';
import { createLoaded } from '../../lib/loaded.ts';
import { useSession } from '../session/session.ts';
import { Section } from '../settings/Section.tsx';
import { AddressSection } from './AddressSection.tsx';
import { PasskeysSection } from './PasskeysSection.tsx';
import { PasswordSection } from './PasswordSection.tsx';
import { PreferencesSection } from './PreferencesSection.tsx';
import { SecondFactorSection } from './SecondFactorSection.tsx';
import { SessionsSection } from './SessionsSection.tsx';
import { SessionsContext } from './sessions.ts';
import { YouSection } from './YouSection.tsx';

/** What an agent sets for themselves. */
export function ProfilePage() {
  const session = useSession();
  const sessions = createLoaded(listSessions);

  // An address is confirmed in another tab, or on another device.
  async function catchUp(): Promise<void> {
    if (document.visibilityState !== 'visible') return;
    void sessions.load();
    const fresh = await getMe().catch(() => null);
    if (fresh) session.adopt(fresh);
  }
  onMount(() => {
    void sessions.load();
    document.addEventListener('visibilitychange', catchUp);
  });
  onCleanup(() => document.removeEventListener('visibilitychange', catchUp));

  return (
    <SessionsContext.Provider value={sessions}>
      <Section title="Profile" text="You, and how this dashboard behaves for you.">
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

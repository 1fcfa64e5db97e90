import { Section } from '../settings/Section.tsx';
import { PreferencesSection } from './PreferencesSection.tsx';

/** What an agent sets for themselves. */
export function ProfilePage() {
  return (
    <Section title="Profile" text="You, and how this dashboard behaves for you.">
      <PreferencesSection />
    </Section>
  );
}

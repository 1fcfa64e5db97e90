import type { IconName } from '../../components/Icon.tsx';
import type { t } from '../../texts/settings.ts';

export type SettingsSection = { id: keyof typeof t.sections; icon: IconName };

/** The profile is for everyone. The other sections are for owners and admins. */
export const PROFILE: SettingsSection = { id: 'profile', icon: 'person' };

/** The first steps: in the navigation until they are done or dismissed. */
export const GET_STARTED: SettingsSection = {
  id: 'get-started',

  icon: 'star',
};

const SECTIONS: readonly SettingsSection[] = [
  GET_STARTED,
  PROFILE,
  { id: 'organization', icon: 'bookmark' },
  { id: 'team', icon: 'people' },
  { id: 'departments', icon: 'folder' },
  { id: 'hours', icon: 'clock' },
  { id: 'closing', icon: 'closed' },
  { id: 'widget', icon: 'globe' },
  { id: 'translations', icon: 'translate' },
  { id: 'identity', icon: 'lock' },
  { id: 'canned-responses', icon: 'bolt' },
  { id: 'labels', icon: 'tag' },
  { id: 'activity', icon: 'pulse' },
  { id: 'system', icon: 'info' },
];

/** The sections that a role can open. */
export const sectionsFor = (role: string): readonly SettingsSection[] =>
  role === 'agent' ? [PROFILE] : SECTIONS;

/** The section with the id in a URL, if it exists. */
export const findSection = (id: string | undefined): SettingsSection | undefined =>
  SECTIONS.find((section) => section.id === id);

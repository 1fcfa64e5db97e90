import type { IconName } from '../../components/Icon.tsx';

export type SettingsSection = { id: string; label: string; icon: IconName };

/** The profile is for everyone. The other sections are for owners and admins. */
export const PROFILE: SettingsSection = { id: 'profile', label: 'Profile', icon: 'person' };

/** The first steps: in the navigation until they are done or dismissed. */
export const GET_STARTED: SettingsSection = {
  id: 'get-started',
  label: 'Get started',
  icon: 'star',
};

const SECTIONS: readonly SettingsSection[] = [
  GET_STARTED,
  PROFILE,
  { id: 'organization', label: 'Organization', icon: 'bookmark' },
  { id: 'team', label: 'Team', icon: 'people' },
  { id: 'departments', label: 'Departments', icon: 'folder' },
  { id: 'hours', label: 'Opening hours', icon: 'clock' },
  { id: 'closing', label: 'Closing', icon: 'closed' },
  { id: 'widget', label: 'Widget', icon: 'globe' },
  { id: 'translations', label: 'Translations', icon: 'translate' },
  { id: 'identity', label: 'Verified visitors', icon: 'lock' },
  { id: 'canned-responses', label: 'Canned responses', icon: 'bolt' },
  { id: 'labels', label: 'Labels', icon: 'tag' },
  { id: 'activity', label: 'Activity', icon: 'pulse' },
  { id: 'system', label: 'System', icon: 'info' },
];

/** The sections that a role can open. */
export const sectionsFor = (role: string): readonly SettingsSection[] =>
  role === 'agent' ? [PROFILE] : SECTIONS;

/** The section with the id in a URL, if it exists. */
export const findSection = (id: string | undefined): SettingsSection | undefined =>
  SECTIONS.find((section) => section.id === id);

import { createContext, onMount, useContext } from 'solid-js';
import { createLoaded } from '../../lib/loaded.ts';
import { useLive } from '../../live/live.ts';
import { listCannedResponses } from '../canned-responses/api.ts';
import { listSchedules } from '../schedules/api.ts';
import { useSession } from '../session/session.ts';
import { getTeam, listInvitations } from '../team/api.ts';
import { getSettings } from './api.ts';

/** What the organization has set up, live: whoever changes it, every open page shows it. */
export function createSettings() {
  const { me } = useSession();
  const { inbox, directory, onSettings } = useLive();
  const { departments, members, labels } = directory.loaded;
  const settings = createLoaded(getSettings);
  const canned = createLoaded(listCannedResponses);
  const invitations = createLoaded(listInvitations);
  const team = createLoaded(getTeam);
  const schedules = createLoaded(listSchedules);

  /** Lists that these pages alone show. An agent, who is here for their profile, is refused some. */
  const settingsLists = () => [
    canned,
    team,
    schedules,
    ...(me.role === 'agent' ? [] : [settings, invitations]),
  ];

  onSettings((what) => {
    if (what === 'everything') for (const list of settingsLists()) list.loadSoon();
    else if (what === 'settings' && me.role !== 'agent') settings.loadSoon();
    else if (what === 'canned_responses') canned.loadSoon();
    else if (what === 'schedules') schedules.loadSoon();
    else if (what === 'members') {
      team.loadSoon();
      if (me.role !== 'agent') invitations.loadSoon();
    }
  });

  onMount(() => {
    for (const list of settingsLists()) void list.load();
    // While nothing is live, what was heard before may be old.
    const isLive = inbox.connection().state === 'open';
    for (const list of [departments, members, labels])
      if (!isLive || list.value() === null) void list.load();
  });

  return { departments, members, team, invitations, settings, canned, labels, schedules };
}

export const SettingsContext = createContext<ReturnType<typeof createSettings>>();

/** What is set up; only under `SettingsPage`. */
export function useSettings() {
  const settings = useContext(SettingsContext);
  if (!settings) throw new Error('There are no settings here.');
  return settings;
}

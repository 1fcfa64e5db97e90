import { createContext, onMount, useContext } from 'solid-js';
import { createLoaded } from '../../lib/loaded.ts';
import { useLive } from '../../live/live.ts';
import { listCannedResponses } from '../canned-responses/api.ts';
import { listSchedules } from '../schedules/api.ts';
import { useSession } from '../session/session.ts';
import { getTeam, listInvitations } from '../team/api.ts';
import { getSettings } from './api.ts';

/** The settings of the organization. They update live when anyone changes them. */
export function createSettings() {
  const { me } = useSession();
  const { inbox, directory, onSettings } = useLive();
  const { departments, members, labels } = directory.loaded;
  const settings = createLoaded(getSettings);
  const canned = createLoaded(listCannedResponses);
  const invitations = createLoaded(listInvitations);
  const team = createLoaded(getTeam);
  const schedules = createLoaded(listSchedules);

  /**
   * The lists that only these pages use. Agents, who only see their profile, may not load some of
   * them.
   */
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
    // Without a live connection, loaded lists can be out of date.
    const isLive = inbox.connection().state === 'open';
    for (const list of [departments, members, labels])
      if (!isLive || list.value() === null) void list.load();
  });

  return { departments, members, team, invitations, settings, canned, labels, schedules };
}

export const SettingsContext = createContext<ReturnType<typeof createSettings>>();

/** The settings. Only available under `SettingsPage`. */
export function useSettings() {
  const settings = useContext(SettingsContext);
  if (!settings) throw new Error('There are no settings here.');
  return settings;
}

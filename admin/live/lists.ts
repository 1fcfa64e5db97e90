import { batch } from 'solid-js';
import type { SettingsChanged, VersionsNow } from '../../protocol/frames/organization-socket.ts';
import type { LiveKind, LiveRecord } from '../../protocol/resources/live.ts';
import { listDepartments } from '../features/departments/api.ts';
import { listLabels } from '../features/labels/api.ts';
import { getTeam, listInvitations, listMembers } from '../features/team/api.ts';
import { listViews } from '../features/views/api.ts';
import { type Cache, createCache, createOne } from './cache.ts';
import type { Change } from './records.ts';

/** How a kind takes what the socket says. */
type Follower<Item> = Pick<Cache<Item>, 'receive' | 'welcome' | 'loadSoon'>;
type Followers = { [Kind in LiveKind]?: Follower<LiveRecord<Kind>> };

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

/** By place, then by id. Views of an older Worker have no place. */
const byPlace = (a: { position?: number; id: string }, b: { position?: number; id: string }) =>
  (a.position ?? 0) - (b.position ?? 0) || (a.id < b.id ? -1 : 1);

/** The kinds of records that all pages share, each read once and then followed (createCache). */
export function createLists() {
  let isOpen = false;
  const isLive = () => isOpen;
  const listOf = <Item extends { id: string }>(
    fetch: () => Promise<readonly Item[]>,
    compare?: (a: Item, b: Item) => number,
  ) => createCache<Item>({ fetch, idOf: ({ id }) => id, compare, isLive });

  // The requests for what only the settings show load with them.
  const caches = {
    departments: listOf(listDepartments, byPlace),
    members: listOf(listMembers, byName),
    labels: listOf(listLabels, byName),
    views: createCache({
      fetch: listViews,
      idOf: ({ id }) => id,
      compare: byPlace,
      canReturn: true,
      isLive,
    }),
    canned_responses: listOf(
      async () => (await import('../features/canned-responses/api.ts')).listCannedResponses(),
      (a, b) => a.shortcut.localeCompare(b.shortcut),
    ),
    schedules: listOf(
      async () => (await import('../features/schedules/api.ts')).listSchedules(),
      byName,
    ),
    settings: createOne({
      fetch: async () => (await import('../features/settings/api.ts')).getSettings(),
      isLive,
    }),
    team: createOne({
      fetch: getTeam,
      isLive,
    }),
    invitations: listOf(
      listInvitations,
      // The newest first: ids are made in the order of time.
      (a, b) => (a.id < b.id ? 1 : -1),
    ),
    identity_secrets: listOf(async () =>
      (await import('../features/identity/api.ts')).listIdentitySecrets(),
    ),
  };
  const followers: Followers = caches;
  const all = Object.values(followers);

  const receive = <Kind extends LiveKind>(what: Kind, change: Change<LiveRecord<Kind>>) =>
    followers[what]?.receive(change);

  function loadSoon(): void {
    for (const follower of all) follower.loadSoon();
  }

  return {
    ...caches,
    /** Loads again what was loaded, since the agent may read something else. */
    loadSoon,
    /**
     * The socket opened or closed. After it has opened, what was loaded is loaded again, unless the first
     * frame shows that nothing was missed.
     */
    connected(open: boolean): void {
      isOpen = open;
      if (open) loadSoon();
    },
    /** Takes the first frame of a socket. A Worker of the previous version does not send it. */
    welcome({ versions }: VersionsNow): void {
      const last = new Map(Object.entries(versions));
      for (const [kind, follower] of Object.entries(followers)) follower.welcome(last.get(kind));
    },
    /** Takes a changed kind. */
    receive(frame: SettingsChanged): void {
      batch(() => receive(frame.what, frame));
      // A Worker of the previous version announces these three together.
      if (frame.what !== 'members' || frame.version !== undefined) return;
      caches.team.loadSoon();
      caches.invitations.loadSoon();
    },
  };
}

export type Lists = ReturnType<typeof createLists>;

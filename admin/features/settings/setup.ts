import { createContext, createSignal, onCleanup, onMount, useContext } from 'solid-js';
import type { Connection } from '../../../protocol/client/types.ts';
import type { InboxSetup } from '../../../protocol/inbox.ts';
import { listDepartments, listMembers } from '../../api/directory.ts';
import { describeError } from '../../api/http.ts';
import { getSettings, listCannedResponses, listLabels } from '../../api/setup.ts';
import { openInboxSocket } from '../../api/sockets.ts';
import { getTeam, listInvitations } from '../../api/team.ts';
import { useSession } from '../session/session.ts';

/** Something that the server has: what was last heard, and why nothing was. */
export function createLoaded<Value>(ask: () => Promise<Value>) {
  const [value, setValue] = createSignal<Value | null>(null);
  const [error, setError] = createSignal<string | null>(null);
  let asked = 0;

  /** Asks anew; what was known stays when the answer does not come. */
  async function load(): Promise<void> {
    const number = ++asked;
    try {
      const fresh = await ask();
      if (number < asked) return;
      setValue(() => fresh);
      setError(null);
    } catch (failure) {
      if (number === asked) setError(describeError(failure));
    }
  }

  return { value, error, load };
}

export type Loaded<Value> = ReturnType<typeof createLoaded<Value>>;

/** What the organization has set up, live: whoever changes it, every open page shows it. */
export function createSetup() {
  const { me, renew, telling } = useSession();
  const [connection, setConnection] = createSignal<Connection>({ state: 'idle' });
  const departments = createLoaded(listDepartments);
  const members = createLoaded(listMembers);
  const settings = createLoaded(getSettings);
  const canned = createLoaded(listCannedResponses);
  const labels = createLoaded(listLabels);
  const invitations = createLoaded(listInvitations);
  const team = createLoaded(getTeam);
  const parts = {
    departments,
    settings,
    canned_responses: canned,
    labels,
    members: {
      async load() {
        const invited = me.role === 'agent' || invitations.load();
        await Promise.all([members.load(), team.load(), invited]);
      },
    },
  } satisfies Record<Exclude<InboxSetup['what'], 'views'>, { load(): Promise<void> }>;

  function loadAll(): void {
    for (const part of [departments, members, team, canned, labels]) void part.load();
    // An agent, who is here for their profile, is refused the rest.
    if (me.role !== 'agent') for (const part of [settings, invitations]) void part.load();
  }

  let opened = 0;
  const socket = openInboxSocket({
    // The first opening tells nothing that was not asked for a moment ago.
    onOpen: () => void (opened++ > 0 && Promise.all([loadAll(), renew()])),
    onFrame: (frame) => {
      // Saved views are the inbox's alone.
      if (frame.type === 'setup' && frame.what !== 'views') void parts[frame.what].load();
      // What was known before is not known here; `hear` goes by what the frame itself says.
      if (frame.type === 'conversation') telling.hear(undefined, frame.conversation);
    },
    onConnection: setConnection,
  });

  onMount(() => {
    loadAll();
    socket.start();
  });
  onCleanup(() => socket.stop());

  return {
    departments,
    members,
    team,
    invitations,
    settings,
    canned,
    labels,
    connection,
    reconnect: () => socket.start(),
  };
}

export const SetupContext = createContext<ReturnType<typeof createSetup>>();

/** What is set up; only under `SettingsPage`. */
export function useSetup() {
  const setup = useContext(SetupContext);
  if (!setup) throw new Error('There are no settings here.');
  return setup;
}

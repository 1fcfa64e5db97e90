import type { Placed } from '../../protocol/conversation/visibility.ts';
import { openDatabase } from '../database/database.ts';
import type { Env } from '../env.ts';
import { quotasOf } from '../features/quotas/quotas.ts';
import type { SearchIndex } from '../features/search/index-store.ts';
import { findDepartmentName, findMemberName } from '../features/team/store.ts';
import { organizationObject } from '../organization/address.ts';
import type { News } from '../organization/commit/call.ts';
import type { Policy } from '../organization/policy.ts';
import { Recorder } from './activity/recorder.ts';
import { CommitCall } from './drain/commit-call.ts';
import { Drain } from './drain/drain.ts';
import { Indexer } from './drain/indexer.ts';
import { type Due, Projector } from './drain/projector.ts';
import { conversationTextOf } from './drain/search-document.ts';
import type { Log } from './log/log.ts';
import type { Projection } from './projection/store.ts';
import type { Room } from './room/room.ts';
import type { Sockets } from './sockets/sockets.ts';
import { agentView, type Founding, type State } from './state/state.ts';
import { freeAmountOf, Traffic } from './traffic/traffic.ts';

/** What an object has once its conversation is created. */
export type Live = {
  room: Room;
  drain: Drain;
  projector: Projector;
  indexer: Indexer;
  recorder: Recorder;
};

type Deps = {
  env: () => Env;
  /** Where the rows and the search's words go now. */
  targets: () => { projection: Projection; searchIndex: SearchIndex };
  log: Log;
  traffic: Traffic;
  retryIn: (milliseconds: number) => void;
  /** The organization's policy, which its answers hand out. */
  policy: { current: () => Policy | null; learn: (policy: Policy) => void };
  /** The database took a write. */
  worked: () => void;
  report: (event: 'projection_failed' | 'indexing_failed', error: unknown) => void;
};

/**
 * A room with what keeps the database, the agents and the search in step with it.
 *
 * @param certain whether the database has what the log has; else it is looked at once
 */
export function attach(room: Room, deps: Deps, certain: boolean): Live {
  const organization = () => organizationObject(deps.env(), room.founding.organization_id);
  const drain = new Drain(deps.retryIn);
  const recorder = new Recorder(
    {
      log: deps.log,
      founding: () => room.founding,
      departmentName: (id) =>
        findDepartmentName(openDatabase(deps.env()), room.founding.organization_id, id),
    },
    room.storedState.recorded_seq,
  );
  const call = new CommitCall({
    call: async (commit) => organization().commit(commit),
    publish: async ({ news, traffic }) =>
      news ? organization().publish(news.conversation, news.before, traffic) : [],
    write: ({ founding, state, guess, activity }) =>
      deps.targets().projection.write(founding, state, guess, activity),
  });
  const projector = new Projector(
    drain,
    {
      read: () => ({ founding: room.founding, state: room.state, storedState: room.storedState }),
      commit: async ({ founding, state, storedState }, { news, row }) => {
        const policy = deps.policy.current();
        if (policy) recorder.learn(policy);
        const due = row ? await recorder.due(storedState.last_seq) : null;
        const activity = due && due.rows.length > 0 ? due.rows : undefined;
        const traffic = news ? deps.traffic.take() : undefined;
        const result = await call.make({
          id: founding.id,
          news: news ? newsOf(founding, state, news.before) : undefined,
          traffic,
          row: row ? { founding, state: storedState, guess: row.guess, activity } : undefined,
          without_outcome: row && !activity ? mayBeTaken(row, storedState) : undefined,
          policy_version: policy?.version,
        });
        if (result.policy) deps.policy.learn(result.policy);
        // What was told with this call, or before, is recorded with the next one.
        if (
          result.policy &&
          recorder.learn(result.policy) &&
          recorder.hasDue(storedState.last_seq)
        ) {
          projector.doubt();
          void projector.settle();
        }
        if (traffic && !result.isPublished) deps.traffic.giveBack(traffic);
        deps.traffic.learn(result.regards);
        const isWritten = result.row !== undefined && result.row !== 'unavailable';
        if (row && isWritten) {
          if (result.row !== 'taken') deps.worked();
          if (due) recorder.done(due);
          // The search may have lost it, too.
          if (result.row === 'restored') void indexer.settle();
          // After the row: removing a member searches the rows, so that one of the two sees the other.
          if (storedState.shelf === 'open' && !(row.certain && row.guess.shelf === 'open')) {
            try {
              await reassess(deps.env(), live);
            } catch (error) {
              return { news: result.isPublished, row: false, error };
            }
          }
        }
        return { news: result.isPublished, row: isWritten, error: result.error };
      },
      report: (error) => deps.report('projection_failed', error),
    },
    room.storedState,
    certain,
  );
  const indexer = new Indexer(
    drain,
    {
      write: (read) => deps.targets().searchIndex.write(room.founding, read),
      handOver: async (read) => {
        const { handOver } = deps.targets().searchIndex;
        if (!handOver) return false;
        const { organization_id, id } = room.founding;
        return handOver({ organization_id, id }, read()).then(
          () => true,
          () => false,
        );
      },
      read: () => conversationTextOf(deps.log),
      report: (error) => deps.report('indexing_failed', error),
    },
    room.state.closed_at,
  );
  const live = { room, drain, projector, indexer, recorder };
  return live;
}

/**
 * Whether the organization's object may take the row, and nobody waits for what becomes of it (K15). A change
 * of the shelf is followed by looking for the assignee, which must come after the row.
 */
function mayBeTaken({ guess, certain, waits }: NonNullable<Due['row']>, state: State): boolean {
  return certain && !waits && guess.shelf === state.shelf;
}

function newsOf(founding: Founding, state: State, before: State): News {
  return {
    conversation: agentView(founding, state),
    before: isHandedOn(before, state) ? placeOf(before) : undefined,
  };
}

/** Keeps the invariant that the assignee of an open conversation is a member with this name. */
export async function reassess(env: Env, { room, projector }: Live): Promise<void> {
  const { assignee, closed_at } = room.state;
  if (!assignee || closed_at) return;
  const { organization_id } = room.founding;
  const name = await findMemberName(openDatabase(env), organization_id, assignee.id);
  const before = room.state;
  room.commands.reassess(assignee.id, name);
  // Within the run that asked, where there is one.
  if (room.state !== before) void projector.settle();
}

/** Counts the messages of the visitor's addresses, and asks the organization's object about them. */
export function trafficOf(
  env: Env,
  sockets: Sockets,
  founding: () => Founding | undefined,
): Traffic {
  return new Traffic({
    free: freeAmountOf(quotasOf(env)),
    ask: async (report, address, bytes) => {
      const { organization_id, id } = founding() ?? {};
      if (!organization_id || !id) return [];
      return organizationObject(env, organization_id).ask(id, report, address, bytes);
    },
    isCalm: (address) => sockets.ofAddress(address).some(({ memory }) => memory.calm),
    remember: (address, calm) => {
      for (const peer of sockets.ofAddress(address)) peer.remember({ calm });
    },
  });
}

/** Whether somebody who could see it may not see it any more. */
function isHandedOn(before: Placed, after: Placed): boolean {
  const named = new Set(after.mentions.map(({ user_id }) => user_id));
  return (
    before.department_id !== after.department_id ||
    before.assignee?.id !== after.assignee?.id ||
    before.mentions.some(({ user_id }) => !named.has(user_id))
  );
}

function placeOf({ department_id, assignee, mentions }: Placed): Placed {
  return { department_id, assignee, mentions };
}

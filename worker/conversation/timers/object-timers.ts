import type { Env } from '../../env.ts';
import { organizationObject } from '../../organization/address.ts';
import type { Alarm } from '../alarm.ts';
import type { Live } from '../live.ts';
import type { Reports } from '../reports.ts';
import { endOfSessions } from '../sockets/sessions.ts';
import type { Sockets } from '../sockets/sockets.ts';
import { Timers } from './timers.ts';

type Object = {
  env: () => Env;
  /** Null where nobody created the conversation: then nothing sets an alarm. */
  live: () => Live | null;
  sockets: Sockets;
  alarm: Alarm;
  reports: Reports;
  /** Closes the sockets of visitors who may do nothing here any more. */
  endSessions: () => void;
};

/** The timers of a conversation's object. */
export function timersOf(object: Object): Timers {
  const live = () => {
    const current = object.live();
    if (!current) throw new Error('Nobody created this conversation.');
    return current;
  };
  return new Timers({
    now: () => Date.now(),
    state: () => live().room.state,
    sessionEndsAt: () => endOfSessions(object.sockets),
    askPolicy: async () =>
      organizationObject(object.env(), live().room.founding.organization_id).policy(),
    ringAt: (time) => object.alarm.ringAt(time),
    deeds: {
      wake: async () => live().room.commands.wake(),
      close: async (policy) => policy && live().room.commands.closeInactive(policy),
      end_sessions: async () => object.endSessions(),
      drain: async () => {
        const [isUpToDate] = await live().drain.retry();
        if (isUpToDate) object.reports.caughtUp();
      },
    },
  });
}

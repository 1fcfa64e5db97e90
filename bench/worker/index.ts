import { env } from 'cloudflare:workers';
import type { Env } from '../../worker/env.ts';
import foyer, {
  ConversationObject as Conversation,
  DocumentWriter as Documents,
  InboxObject as Inbox,
  RowWriter as Rows,
} from '../../worker/index.ts';
import { readAwake, slow, watchClass, watchNamespace, watchTimers } from './awake.ts';
import { faulty, setFaults, skewClock } from './faults.ts';
import { explain, readMeter, readStatements } from './meter.ts';
import { InsertingRelay, Relay } from './relay.ts';

/**
 * The Worker as it is deployed and, in the same process, its comparisons. To the Worker's own paths it adds
 * only a record of the conversation objects that were created: an object that hibernated is created again
 * when it is next needed, one that stayed awake is not. With the binding FAULTS faults are injected. With
 * DATABASE_WAIT the database takes so many milliseconds, and the objects' time awake is counted.
 */

type BenchEnv = Omit<Env, 'CONVERSATIONS'> & {
  CONVERSATIONS: DurableObjectNamespace<ConversationObject>;
  RELAYS: DurableObjectNamespace<Relay>;
  INSERTING_RELAYS: DurableObjectNamespace<InsertingRelay>;
  FAULTS?: boolean;
  DATABASE_WAIT?: number;
};

if ('FAULTS' in env) skewClock();

if ('DATABASE_WAIT' in env) {
  watchTimers();
  watchClass(Conversation, 'conversation');
  watchClass(Inbox, 'organization');
}

/** The bindings of objects and Worker, created once like the real ones. */
const changed = new WeakMap<object, Partial<Env>>();

/** The bindings, with a database that can fail or takes its time where that is asked for. */
function bindings<Bindings extends Env>(given: Bindings): Bindings {
  if (!given.DB) return given;
  if ('FAULTS' in given) return { ...given, DB: faulty(given.DB) };
  if (!('DATABASE_WAIT' in given)) return given;
  let own = changed.get(given.DB);
  if (!own) {
    own = {
      DB: slow(given.DB, Number(given.DATABASE_WAIT)),
      CONVERSATIONS: watchNamespace(given.CONVERSATIONS),
      INBOXES: watchNamespace(given.INBOXES),
    };
    changed.set(given.DB, own);
  }
  return { ...given, ...own };
}

/** The Worker and its objects share one isolate here, so a plain variable has them all. */
const made = new Set<string>();

/** The number of objects that were created since the last question. */
function readMade(): number {
  const count = made.size;
  made.clear();
  return count;
}

export class ConversationObject extends Conversation {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, bindings(env));
    made.add(`${ctx.id}`);
  }

  /** When the alarm rings, in milliseconds; null when none is set. */
  alarmAt(): Promise<number | null> {
    return this.ctx.storage.getAlarm();
  }
}

export class InboxObject extends Inbox {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, bindings(env));
  }
}

export class DocumentWriter extends Documents {
  constructor(ctx: ExecutionContext, env: Env) {
    super(ctx, bindings(env));
  }
}

export class RowWriter extends Rows {
  constructor(ctx: ExecutionContext, env: Env) {
    super(ctx, bindings(env));
  }
}

export { JobWorkflow } from '../../worker/index.ts';
export { InsertingRelay, Relay };

export default {
  async fetch(request, env, ctx) {
    const { pathname } = new URL(request.url);
    const [, bench, what, name = '', more = ''] = pathname.split('/');
    if (bench !== 'bench') return foyer.fetch(request, bindings(env), ctx);
    if (what === 'made') return Response.json(readMade());
    if (what === 'awake') return Response.json(readAwake());
    if (what === 'faults') {
      setFaults(await request.json());
      return new Response(null, { status: 204 });
    }
    if (what === 'meter') {
      return Response.json(env.DB ? readMeter(env.DB) : readStatements());
    }
    if (what === 'plan' && env.DB) {
      return Response.json(await explain(env.DB, await request.text()));
    }
    if (what === 'alarm') {
      return Response.json(await env.CONVERSATIONS.getByName(`${name}/${more}`).alarmAt());
    }
    if (what === 'settle') {
      return Response.json(await env.CONVERSATIONS.getByName(`${name}/${more}`).settle());
    }
    if (what === 'relay') return env.RELAYS.getByName(name).fetch(request);
    if (what === 'inserting-relay') return env.INSERTING_RELAYS.getByName(name).fetch(request);
    return new Response(null, { status: 404 });
  },
} satisfies ExportedHandler<BenchEnv>;

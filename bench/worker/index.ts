import { env } from 'cloudflare:workers';
import type { Env } from '../../worker/env.ts';
import foyer, { ConversationObject as Conversation } from '../../worker/index.ts';
import { faulty, setFaults, skewClock } from './faults.ts';
import { explain, readMeter, readStatements } from './meter.ts';
import { InsertingRelay, Relay } from './relay.ts';

/**
 * The Worker as it is deployed, and beside it, in the same process, what it is compared with. Adds
 * nothing to the Worker's own paths but a note of which conversations' objects were made: an object
 * that hibernated is made anew when it is next needed, one that stayed awake is not. Only where
 * FAULTS is bound, things go wrong on purpose.
 */

type BenchEnv = Omit<Env, 'CONVERSATIONS'> & {
  CONVERSATIONS: DurableObjectNamespace<ConversationObject>;
  RELAYS: DurableObjectNamespace<Relay>;
  INSERTING_RELAYS: DurableObjectNamespace<InsertingRelay>;
  FAULTS?: boolean;
};

if ('FAULTS' in env) skewClock();

/** The bindings, with a database that can fail where that is asked for. */
function bindings<Bindings extends Env>(given: Bindings): Bindings {
  return 'FAULTS' in given && given.DB ? { ...given, DB: faulty(given.DB) } : given;
}

/** The Worker and its objects share one isolate here, so a plain variable has them all. */
const made = new Set<string>();

/** How many objects were made since the last question, once or more often. */
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

export { InboxObject, JobWorkflow } from '../../worker/index.ts';
export { InsertingRelay, Relay };

export default {
  async fetch(request, env, ctx) {
    const { pathname } = new URL(request.url);
    const [, bench, what, name = '', more = ''] = pathname.split('/');
    if (bench !== 'bench') return foyer.fetch(request, bindings(env), ctx);
    if (what === 'made') return Response.json(readMade());
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

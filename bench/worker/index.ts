import type { Env } from '../../worker/env.ts';
import foyer, { ConversationObject as Conversation } from '../../worker/index.ts';
import { InsertingRelay, Relay } from './relay.ts';

/**
 * The Worker as it is deployed, and beside it, in the same process, what it is compared with. Adds
 * nothing to the Worker's own paths but a count of how often a conversation's object was made: an
 * object that hibernated is made anew when it is next needed, one that stayed awake is not.
 */

type BenchEnv = Env & {
  RELAYS: DurableObjectNamespace<Relay>;
  INSERTING_RELAYS: DurableObjectNamespace<InsertingRelay>;
};

/** The Worker and its objects share one isolate here, so a plain variable counts them all. */
let constructed = 0;

export class ConversationObject extends Conversation {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    constructed += 1;
  }
}

export { InboxObject } from '../../worker/index.ts';
export { InsertingRelay, Relay };

export default {
  fetch(request, env, ctx) {
    const { pathname } = new URL(request.url);
    const [, bench, what, name = ''] = pathname.split('/');
    if (bench !== 'bench') return foyer.fetch(request, env, ctx);
    if (what === 'constructed') return Response.json(constructed);
    if (what === 'relay') return env.RELAYS.getByName(name).fetch(request);
    if (what === 'inserting-relay') return env.INSERTING_RELAYS.getByName(name).fetch(request);
    return new Response(null, { status: 404 });
  },
} satisfies ExportedHandler<BenchEnv>;

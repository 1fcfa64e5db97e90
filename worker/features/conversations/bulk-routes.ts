import { Hono } from 'hono';
import { z } from 'zod';
import { conversationSummary } from '../../../protocol/conversation/conversation.ts';
import { apiError } from '../../../protocol/error.ts';
import { MAX_BULK } from '../../../protocol/limits.ts';
import { type AdminEnv, databaseOf } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { reportFailure } from '../../http/failures.ts';
import { uuid } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { toRefusal } from '../../http/refusal.ts';
import { change, resolve } from './change.ts';
import { changeRequest } from './change-request.ts';

const request = z.object({
  ids: z
    .array(uuid)
    .min(1, 'Give at least one.')
    .max(MAX_BULK, `At most ${MAX_BULK} at once.`)
    .transform((ids) => [...new Set(ids)]),
  change: changeRequest,
});

/** One conversation's part of the answer: how it is now, or why it stayed as it was. */
const outcome = z.discriminatedUnion('ok', [
  z.object({ id: z.uuid(), ok: z.literal(true), conversation: conversationSummary }),
  z.object({ id: z.uuid(), ok: z.literal(false), ...apiError.shape }),
]);
type Outcome = z.infer<typeof outcome>;

/**
 * Conversations that are changed at the same time. A Worker has six connections open at once
 * (developers.cloudflare.com/workers/platform/limits/#simultaneous-open-connections).
 */
const AT_ONCE = 6;

/** The same change of many conversations. */
export const bulk = new Hono<AdminEnv>().post(
  '/bulk',
  described('Makes the same change to several conversations, with a result for each.', {
    200: z.object({ items: z.array(outcome), next_cursor: z.null() }),
  }),
  validated('json', request),
  async (context) => {
    const { agent } = context.var;
    const { ids, change: request } = context.req.valid('json');
    const { env } = context;
    const db = databaseOf(context);
    const resolved = await resolve(db, agent, request);
    const items = new Map<string, Outcome>();
    const left = [...ids];
    const work = async () => {
      for (let id = left.shift(); id !== undefined; id = left.shift()) {
        items.set(
          id,
          await change(env, db, agent, id, resolved).then(
            (conversation): Outcome => ({ id, ok: true, conversation }),
            (error): Outcome => ({ id, ok: false, ...explained(id, error) }),
          ),
        );
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    const inOrder = ids.flatMap((id) => items.get(id) ?? []);
    return context.json({ items: inOrder, next_cursor: null }, 200);
  },
);

function explained(conversation: string, error: unknown): z.infer<typeof apiError> {
  const refusal = toRefusal(error);
  if (refusal.status >= 500) reportFailure(error, { conversation });
  return refusal.toJSON();
}

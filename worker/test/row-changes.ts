import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { foundingOf } from '../conversation/calls/call-conversation.ts';
import { initialState, type State } from '../conversation/state/state.ts';
import { tables } from '../database/configured.ts';
import { openDatabase } from '../database/database.ts';
import { findFounding } from '../features/conversations/store/one.ts';
import type { RowChange } from '../organization/commit/call.ts';
import { type settleWorld, Visitor } from './world.ts';

/** Conversations' rows and changes of them, on the configured database. */

const { conversations } = tables;

export async function rowOf(id: string) {
  const [row] = await openDatabase(env)
    .select()
    .from(conversations)
    .where(eq(conversations.id, id));
  if (!row) throw new Error('The conversation has a row.');
  return row;
}

/** A change of a new conversation of Acme, whose row is as guessed. */
export async function newChange(
  { acme }: Awaited<ReturnType<typeof settleWorld>>,
  more: Partial<State>,
): Promise<RowChange> {
  const visitor = await Visitor.arrive();
  const { id } = await visitor.pick(acme.billing);
  const projected = await findFounding(openDatabase(env), acme.id, id);
  if (!projected) throw new Error('It has begun.');
  const founding = foundingOf(projected.conversation, projected.customer);
  const guess = initialState(founding);
  return { founding, guess, state: { ...guess, version: guess.version + 1, ...more } };
}

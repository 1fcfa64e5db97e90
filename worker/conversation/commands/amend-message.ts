import type { Actor } from '../../../protocol/conversation/actor.ts';
import type { Message } from '../../../protocol/conversation/message.ts';
import type { Journal } from '../room/journal.ts';
import type { Amendment } from '../room/post.ts';
import { changeMentions, retract } from '../state/amendments.ts';
import type { State } from '../state/state.ts';

/**
 * Changes a message's text, or takes it back (`body` null), and writes the entry that says so. That
 * they may, the room has checked.
 *
 * @returns the entry
 */
export function amendMessage(
  journal: Journal,
  by: Actor,
  message: Message,
  { id, body, mentions }: Omit<Amendment, 'seq'>,
): Message {
  const { log } = journal.deps;
  const { status } = journal.state;
  const { seq, mentions: before = [], file, kind } = message;
  const now = journal.now();
  // The text first: an entry that could not be written is sent again, and changes it again.
  const isNote = kind === 'note';
  const after = body === null ? [] : isNote && mentions ? [...new Set(mentions)] : before;
  const details = { ...(after.length > 0 && { mentions: after }), ...(file && { file }) };
  const changed =
    body === null ? { body: '', deleted_at: now } : { ...details, body, edited_at: now };
  log.amend({ seq, by: message.by, ...changed });
  const note = isNote && { note: true };
  const event =
    body === null
      ? { type: 'deleted' as const, seq, ...note }
      : { type: 'edited' as const, seq, body, ...note };
  const further = (state: State) => {
    if (isNote) return changeMentions(state, { seq, before, after }, log.noteMentions());
    if (body !== null) return state;
    return retract(state, journal.founding.created_at, log.standing());
  };
  const entry = journal.event(by, event, { id, further });
  log.forgetPreviews(seq, entry.seq);
  // A taken back message may leave the conversation in another queue.
  if (journal.state.status !== status) journal.broadcastHead();
  return entry;
}

import type { Server } from '../harness/server.ts';
import { ackedSoFar, alarmOf, historyOf, rowOf, settleRow, type Talk } from './people.ts';

/**
 * Checks that, once everybody has caught up, each acked message exists once, at its number, in one order
 * without gaps, on both sides (P2, P3, P4).
 *
 * @param acked the messages that were acked before the faults
 * @returns the failures, as sentences
 */
export async function logComplaints(
  server: Server,
  talk: Talk,
  acked: ReadonlyMap<string, number>,
): Promise<string[]> {
  const complaints: string[] = [];
  const log = await historyOf(server, talk.conversation, 'agent');
  const visitorHistory = await historyOf(server, talk.conversation, 'visitor');
  const seqOf = new Map(log.map(({ id, seq }) => [id, seq]));
  if (seqOf.size !== log.length) complaints.push('a message is there twice');
  if (log.some(({ seq }, index) => seq !== index + 1)) complaints.push('the numbers have a gap');
  for (const [id, seq] of [...acked, ...ackedSoFar(talk)]) {
    if (seqOf.get(id) !== seq) complaints.push(`${id} was acked as ${seq} and is ${seqOf.get(id)}`);
  }
  // The conversation has no notes and no assignments, so the visitor sees all of it.
  const ids = (messages: readonly { id: string }[]) => messages.map(({ id }) => id).join();
  if (ids(visitorHistory) !== ids(log)) complaints.push('the visitor has another history');
  for (const { state } of talk.clients) {
    const had = new Set(state.messages.map(({ id }) => id));
    const from = state.messages[0]?.seq ?? 0;
    const missing = log.filter(({ id, seq }) => seq >= from && !had.has(id));
    if (missing.length > 0) complaints.push(`a reader lacks ${missing.length} messages`);
  }
  return complaints;
}

/** Whether the database's row lags behind the log. */
export async function isBehind(server: Server, { conversation }: Talk): Promise<boolean> {
  const log = await historyOf(server, conversation, 'agent');
  const { last_seq, message_count, last_message_preview } = await rowOf(server, conversation);
  const texts = log.filter(({ kind }) => kind === 'text');
  return (
    last_seq !== log.length ||
    message_count !== texts.length ||
    last_message_preview !== (texts.at(-1)?.body ?? null)
  );
}

/** P7: the object of a row that lags has an alarm, and the alarm corrects the row. */
export async function projectionComplaints(
  server: Server,
  talk: Talk,
): Promise<{ behind: boolean; complaints: string[] }> {
  const behind = await isBehind(server, talk);
  const complaints: string[] = [];
  if (behind && (await alarmOf(server, talk.conversation)) === null) {
    complaints.push('a row lags and no alarm is set');
  }
  await settleRow(server, talk.conversation);
  // Repeating it changes nothing.
  await settleRow(server, talk.conversation);
  if (await isBehind(server, talk)) complaints.push('the row is still behind');
  return { behind, complaints };
}

import { once } from 'node:events';
import type { WebSocket } from 'ws';
import { complaints, type Raw, type Role } from '../../worker/test/hostile/frames.ts';
import {
  type Conversation,
  nextText,
  openAgent,
  openVisitor,
  sendFrame,
} from '../harness/people.ts';
import type { Server } from '../harness/server.ts';

/**
 * Sends the frames from one side of the conversation, and then a valid one, which must be accepted.
 *
 * @throws Error with what the Worker did wrong
 */
export async function hear(
  server: Server,
  conversation: Conversation,
  by: Role,
  raws: readonly Raw[],
): Promise<void> {
  const visitor = await openVisitor(server, conversation);
  const agent = await openAgent(server, conversation.id);
  const [speaker, listener] = by === 'visitor' ? [visitor, agent] : [agent, visitor];
  await Promise.all([caughtUp(speaker), caughtUp(listener)]);
  const answers = recorded(speaker);
  const received = recorded(listener);
  for (const raw of raws) speaker.send(raw);
  // The answer to the valid frame comes after everything that the others caused.
  const { id, text } = sendFrame('Is everything all right?');
  const passed = [speaker, listener].map((socket) =>
    nextText(socket, (frame) => frame.includes(id)),
  );
  speaker.send(text);
  await Promise.all(passed);
  for (const frames of [answers, received]) frames.pop();
  const wrong = complaints(by, raws, answers, received);
  for (const socket of [speaker, listener]) socket.close();
  await Promise.all([speaker, listener].map((socket) => once(socket, 'close')));
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
}

/** Sends `hello` until all earlier entries have arrived. */
async function caughtUp(socket: WebSocket): Promise<void> {
  for (let after = 0, more = true; more; ) {
    const welcome = nextText(socket, (text) => text.startsWith('{"type":"welcome"'));
    socket.send(JSON.stringify({ type: 'hello', after }));
    const page: { messages: { seq: number }[]; more: boolean } = JSON.parse(await welcome);
    after = page.messages.at(-1)?.seq ?? after;
    more = page.more;
  }
}

/** The frames from now on, except answers to pings. */
function recorded(socket: WebSocket): unknown[] {
  const frames: unknown[] = [];
  socket.on('message', (data) => {
    const text = data.toString();
    if (text !== 'pong') frames.push(JSON.parse(text));
  });
  return frames;
}

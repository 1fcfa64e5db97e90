import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import { SPACING } from '../../worker/conversation/drain/projector.ts';
import { WATCHED } from '../../worker/organization/agents/socket-memory.ts';
import { scratchFolder } from '../harness/folder.ts';
import {
  caughtUp,
  closeAsAgent,
  nextText,
  openAgent,
  openInbox,
  openVisitor,
  sendFrame,
  startConversations,
} from '../harness/people.ts';
import { openProfiler } from '../harness/profiler.ts';
import { startServer } from '../harness/server.ts';

/**
 * Seconds for which the two kinds of objects are awake in one conversation, by the database's time to answer
 * (`wait`, milliseconds) and by the number of conversations at once (`count`).
 */
export type Awake = { wait: number; count: number; conversation: number; organization: number };

const kind = z.object({ milliseconds: z.number() });
const answer = z.object({ conversation: kind, organization: kind });

/** Milliseconds between two messages, so that each updates the lists by itself, which costs most. */
const PAUSE = SPACING + 200;

/**
 * Plays conversations in parallel, from the first row to the close, and counts the waiting of every object.
 * People write at different times in each conversation.
 *
 * @param messages of each conversation; the results are scaled to twenty
 */
export async function measureAwake(wait: number, count: number, messages: number): Promise<Awake> {
  const agents = Math.ceil(count / WATCHED);
  const server = await startServer({ folder: scratchFolder(), agents, databaseWait: wait });
  try {
    for (let agent = 0; agent < agents; agent += 1) await openInbox(server, agent);
    const read = async () =>
      answer.parse(await (await fetch(`${server.origin}/bench/awake`)).json());
    await read();
    const conversations = await startConversations(server, count);
    const talks = await Promise.all(
      conversations.map(async (conversation, index) => ({
        visitor: await caughtUp(await openVisitor(server, conversation)),
        agent: await caughtUp(await openAgent(server, conversation.id, index % agents)),
      })),
    );
    await sleep(SPACING + 4 * wait);
    const opening = await read();
    await talkAll(talks, messages);
    await sleep(4 * wait);
    const talking = await read();
    // Each ends at a time of its own, as it began.
    const over = Math.min(count, TWENTY) * PAUSE;
    await Promise.all(
      conversations.map(async ({ id }, index) => {
        await sleep((index / count) * over);
        await closeAsAgent(server, id);
      }),
    );
    await sleep(4 * wait);
    const closing = await read();
    const scale = TWENTY / messages;
    const seconds = (of: 'conversation' | 'organization') => {
      const once = opening[of].milliseconds + closing[of].milliseconds;
      return (once + talking[of].milliseconds * scale) / 1_000 / count;
    };
    for (const { visitor, agent } of talks) {
      visitor.close();
      agent.close();
    }
    return {
      wait,
      count,
      conversation: seconds('conversation'),
      organization: seconds('organization'),
    };
  } finally {
    await server.stop();
  }
}

/**
 * Milliseconds of CPU time in the Worker's isolate for the messages of a conversation, by V8's profiler: at
 * most so many take the invocations that write its rows, which are billed as the Worker's. The objects work in
 * the same isolate here, and are in it; D1 is not. So few talk at once that every row is handed over by itself (worker/organization/commit/handover.ts).
 */
export async function measureRowsCpu(messages: number): Promise<number> {
  const count = 10;
  const server = await startServer({ folder: scratchFolder(), debugger: true });
  try {
    await openInbox(server);
    const conversations = await startConversations(server, count);
    const talks = await Promise.all(
      conversations.map(async (conversation) => ({
        visitor: await caughtUp(await openVisitor(server, conversation)),
        agent: await caughtUp(await openAgent(server, conversation.id)),
      })),
    );
    const profiler = await openProfiler(server.debuggerUrl ?? '');
    await profiler.start();
    await talkAll(talks, messages);
    const milliseconds = await profiler.stop();
    profiler.close();
    return (milliseconds * TWENTY) / messages / count;
  } finally {
    await server.stop();
  }
}

type Talk = { visitor: WebSocket; agent: WebSocket };

/** Visitor and agent of each conversation write in turn, at different times in each. */
async function talkAll(talks: readonly Talk[], messages: number): Promise<void> {
  await Promise.all(
    talks.map(async ({ visitor, agent }, index) => {
      await sleep((index / talks.length) * PAUSE);
      for (let number = 0; number < messages; number += 1) {
        const [from, to] = number % 2 === 0 ? [visitor, agent] : [agent, visitor];
        const { id, text } = sendFrame(`Message ${number}`);
        const arrived = nextText(to, (frame) => frame.includes(id));
        from.send(text);
        await arrived;
        await sleep(PAUSE);
      }
    }),
  );
}

/** The number of messages in the conversation of the budget. */
const TWENTY = 20;

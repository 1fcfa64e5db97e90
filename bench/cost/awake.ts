import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { SPACING } from '../../worker/conversation/drain/projector.ts';
import { WATCHED } from '../../worker/organization/agents/socket-memory.ts';
import { scratchFolder } from '../harness/folder.ts';
import { cpuMilliseconds } from '../harness/memory.ts';
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
import { startServer } from '../harness/server.ts';

/**
 * Seconds for which the two kinds of objects are awake in one conversation, by the database's time to answer
 * (`wait`, milliseconds) and by the number of conversations at once (`count`). `cpu` is milliseconds of all of
 * workerd for its messages: at most so many take the invocations that write their rows, which are billed as
 * the Worker's; most of it is the objects' and D1's. Null if the system does not report it.
 */
export type Awake = {
  wait: number;
  count: number;
  conversation: number;
  organization: number;
  cpu: number | null;
};

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
    const before = cpuMilliseconds(server.pid);
    await Promise.all(
      talks.map(async ({ visitor, agent }, index) => {
        await sleep((index / count) * PAUSE);
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
    await sleep(4 * wait);
    const talking = await read();
    const after = cpuMilliseconds(server.pid);
    await Promise.all(conversations.map(({ id }) => closeAsAgent(server, id)));
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
      cpu: before === null || after === null ? null : ((after - before) * scale) / count,
    };
  } finally {
    await server.stop();
  }
}

/** The number of messages in the conversation of the budget. */
const TWENTY = 20;

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { DEFAULT_QUOTAS } from '../worker/features/quotas/quotas.ts';
import { ERRORS } from '../worker/kernel/errors.ts';
import { visitorConversation } from './conversation/conversation.ts';
import { message } from './conversation/message.ts';
import {
  startedConversation,
  visitorConversationItem,
} from './conversation/visitor-conversation.ts';
import { apiError, fieldReason } from './error.ts';
import { conversationEvent, isPublicEvent } from './events/index.ts';
import { downFrame } from './frames/down.ts';
import { organizationFrame } from './frames/organization-socket.ts';
import { upFrame } from './frames/up.ts';
import * as limits from './limits.ts';
import { CloseCode, PROTOCOL, SUBPROTOCOL } from './version.ts';
import { widgetSession } from './widget/widget-session.ts';

/** docs/protocol.md says what the schemas, the limits and the errors say. */

const page = readFileSync(join(import.meta.dirname, '../docs/protocol.md'), 'utf8');

/** The text of a section, by its heading. */
function section(heading: string): string {
  const [, rest = ''] = page.split(`\n## ${heading}\n`);
  return rest.split('\n## ')[0] ?? '';
}

const jsonIn = (text: string): unknown[] =>
  [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => JSON.parse(json));

/** The example as it is, where it is exactly what the schema takes: nothing missing, nothing else. */
const taken = (schema: z.ZodType, example: unknown) =>
  expect(schema.parse(example)).toEqual(example);

test('each frame from the client has an example, and each example is one', () => {
  const examples = jsonIn(section('Frames from the client'));
  for (const example of examples) taken(upFrame, example);
  const types = examples.map((example) => upFrame.parse(example).type);
  expect(types.sort()).toEqual(upFrame.options.map(({ shape }) => shape.type.value).sort());
});

test('each frame from the server has an example or stands among the agents’ differences', () => {
  const examples = jsonIn(section('Frames from the server'));
  const visitors = z.object({ conversation: visitorConversation.strict() }).loose();
  for (const example of examples) {
    taken(downFrame, example);
    if (typeof example === 'object' && example && 'conversation' in example)
      visitors.parse(example);
  }
  const types = new Set(examples.map((example) => downFrame.parse(example).type));
  const others = downFrame.options
    .map(({ shape }) => shape.type.value)
    .filter((type) => !types.has(type));
  expect(others.filter((type) => !section("The agent's side").includes(`\`${type}\``))).toEqual([]);
});

test('the inbox’s frames are all named', () => {
  const types = organizationFrame.options.map(({ shape }) => shape.type.value);
  const agents = section("The agent's side");
  expect(types.filter((type) => type !== 'error' && !agents.includes(`\`${type}\``))).toEqual([]);
});

test('the answers of HTTP are what the schemas describe', () => {
  const [session] = jsonIn(section('Sessions'));
  taken(widgetSession, session);
  const [started] = jsonIn(section('Starting a conversation'));
  taken(z.object({ conversation: startedConversation }), started);
  const [list] = jsonIn(section('Ratings, transcripts and the rest'));
  taken(z.object({ items: z.array(visitorConversationItem), next_cursor: z.null() }), list);
  const [error] = jsonIn(section('Errors'));
  taken(apiError, error);
});

test('every event that a visitor gets, and every field of a message, is in the page', () => {
  const described = section('Messages and events');
  const agents = section("The agent's side");
  for (const schema of conversationEvent.options) {
    const type = schema.shape.type.value;
    const inTable = described.includes(`| \`${type}\` |`);
    expect([type, inTable || agents.includes(`\`${type}\``)]).toEqual([type, true]);
    if (inTable) expect([type, isShownToVisitors(schema)]).toEqual([type, true]);
  }
  const forAgents = ['by', 'mentions'];
  const fields = Object.keys(message.shape).filter((name) => !forAgents.includes(name));
  expect(fields.filter((name) => !described.includes(`\`${name}\``))).toEqual([]);
});

/** Whether visitors see an event of this type: asked of one that the schema takes. */
function isShownToVisitors(schema: (typeof conversationEvent.options)[number]): boolean {
  const samples = [
    { agent: { id: 'u', name: 'A' } },
    { department: { id: 'd', name: 'D' } },
    { reason: 'resolved' },
    { seq: 1, body: 'x' },
    {},
  ];
  for (const sample of samples) {
    const read = schema.safeParse({ type: schema.shape.type.value, ...sample });
    if (read.success) return isPublicEvent(read.data);
  }
  return false;
}

test('every error and every reason is in the page, and none that is not there', () => {
  const codes = new Set(Object.keys(ERRORS));
  // Agents alone meet it.
  codes.delete('already_claimed');
  expect([...codes].filter((code) => !page.includes(code))).toEqual([]);
  const reasons: readonly string[] = fieldReason.options;
  expect(reasons.filter((reason) => !page.includes(`\`${reason}\``))).toEqual([]);
  const named = [...section('Errors').matchAll(/^\| (\d{3}) \| (.+?) \|/gm)].flatMap(
    ([, status, list = '']) =>
      [...list.matchAll(/`(\w+)`/g)].map(([, code = '']) => [code, Number(status)]),
  );
  const ofHttp = Object.entries(ERRORS).filter(
    ([code]) => codes.has(code) && !/frame|unknown_type/.test(code),
  );
  expect(Object.fromEntries(named)).toEqual(
    Object.fromEntries(ofHttp.map(([code, [status]]) => [code, status])),
  );
});

test('every close code of ours is in the table', () => {
  const codes = [...section('When a socket ends').matchAll(/^\| (\d{4}) \|/gm)].map(([, code]) =>
    Number(code),
  );
  expect(codes.filter((code) => code >= 4000).sort()).toEqual(Object.values(CloseCode).sort());
});

test('the limits are those of the code', () => {
  const number = (value: number) => value.toLocaleString('en-US');
  const table = section('Limits and rates');
  const { frames_burst, frames_per_second, visitor_messages_burst } = DEFAULT_QUOTAS;
  const { visitor_messages_per_minute, visitor_conversations_per_hour } = DEFAULT_QUOTAS;
  const { address_refusal_factor: factor, conversation_ratings, customer_bytes } = DEFAULT_QUOTAS;
  const { address_visitors_per_hour, address_conversations_per_hour } = DEFAULT_QUOTAS;
  for (const row of [
    `| a message | ${number(limits.MAX_MESSAGE_LENGTH)} characters |`,
    `| a frame | ${number(limits.MAX_FRAME_LENGTH)} UTF-16 code units |`,
    `| a JSON body | ${limits.MAX_BODY_BYTES / 1024} KiB |`,
    `| a file | ${limits.MAX_FILE_BYTES / 1024 / 1024} MiB |`,
    `| ${frames_burst} at once, then ${frames_per_second} a second,`,
    `| ${visitor_messages_burst} at once, then ${visitor_messages_per_minute} a minute,`,
    `| ${visitor_conversations_per_hour} an hour |`,
    `| ${address_visitors_per_hour * factor}, ${number(address_conversations_per_hour * factor)} an hour |`,
    `| ${DEFAULT_QUOTAS.visitor_file_bytes_per_day / 1_000_000} MB a day |`,
    `| ${conversation_ratings} |`,
    `| ${number(customer_bytes)} bytes |`,
  ]) {
    expect(table).toContain(row);
  }
  for (const phrase of [
    `up to ${limits.PAGE_OF_MESSAGES} messages`,
    `For ${limits.EDIT_MINUTES} minutes`,
    `after ${limits.PING_SECONDS} seconds`,
    `up to ${number(limits.MAX_IDENTITY_TOKEN_LENGTH)} characters`,
    `up to ${number(limits.MAX_PAGE_URL_LENGTH)}\nprintable ASCII characters`,
    `up to ${limits.MAX_PAGE_TITLE_LENGTH} characters`,
    `up to ${limits.MAX_CUSTOM_FIELDS} texts of up to ${number(limits.MAX_CUSTOM_FIELD_LENGTH)}`,
    `1 to ${limits.MAX_PAGE}, ${limits.DEFAULT_PAGE} without it`,
    `protocol **${PROTOCOL}**`,
    `\`${SUBPROTOCOL}\``,
  ]) {
    expect(page).toContain(phrase);
  }
});

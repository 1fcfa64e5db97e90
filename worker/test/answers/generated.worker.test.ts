import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { upFrame } from '../../../protocol/frames/up.ts';
import { conversationObject } from '../../conversation/calls/address.ts';
import type { ConversationObject } from '../../conversation/object.ts';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { createLabel } from '../../features/labels/store.ts';
import { byFoyer } from '../by.ts';
import { itemsOf, type Schema } from '../hostile/values.ts';
import { call, SignedInAgent, settleWorld, Visitor } from '../world.ts';

const { conversations } = tables;

/**
 * A1, A25: values that fit every schema of the API and of the frames, made of what databases cannot
 * hold. They are taken or refused, on both databases; nothing answers 5xx, and the lists follow.
 */

/** Values of each schema: of several choices, each is the one of some value. */
const VARIANTS = 6;

const TEXTS = [
  'Half \ud83d',
  'Nothing \0',
  '\udc00 and \u202e',
  'A\u0000\ud800B',
  'Zoë 👩‍👩‍👧',
  '\uffff',
];
const TIMES = ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '2027-02-28T23:59:59Z'];

let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;
let visitor: Visitor;
let conversation: string;
let ids: Record<string, string>;
let lines: string[];

beforeAll(async () => {
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
});

beforeEach(async () => {
  lines = [];
  for (const method of ['error', 'warn', 'log'] as const) {
    vi.spyOn(console, method).mockImplementation((line) => void lines.push(line));
  }
  visitor = await Visitor.arrive();
  const started = await visitor.pick(world.acme.billing);
  conversation = started.id;
  const name = crypto.randomUUID().slice(0, 8);
  const label = await createLabel(openDatabase(env), byFoyer(world.acme.id), {
    name,
    color: '#112233',
  });
  ids = {
    label: label.id,
    department: world.acme.billing,
    user: world.acme.users[1] ?? '',
    customer: started.widget_customer_id ?? '',
  };
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** An id that exists, by what names it; what names messages is new. */
function idFor(name: string): string {
  if (/label/i.test(name)) return ids.label ?? '';
  if (/department/i.test(name)) return ids.department ?? '';
  if (/mention|assignee|member/i.test(name)) return ids.user ?? '';
  return name === 'ids' ? conversation : crypto.randomUUID();
}

function worst(schema: Schema, name: string, variant: number): unknown {
  const options = schema.anyOf ?? schema.oneOf;
  const chosen = options?.[variant % options.length];
  if (chosen) return worst(chosen, name, variant);
  if ('const' in schema) return schema.const;
  if (schema.enum) return schema.enum[variant % schema.enum.length];
  switch (schema.type) {
    case 'object': {
      const properties = Object.entries(schema.properties ?? {}).map(
        ([key, part]) => [key, worst(part, key, variant)] as const,
      );
      const { additionalProperties: more } = schema;
      const added =
        typeof more === 'object'
          ? [[`\ud800\0${variant}`, worst(more, name, variant)] as const]
          : [];
      return Object.fromEntries([...properties, ...added]);
    }
    case 'array':
      return schema.prefixItems
        ? schema.prefixItems.map((part) => worst(part, name, variant))
        : [worst(itemsOf(schema), name, variant)];
    case 'integer':
    case 'number':
      return variant % 2 ? (schema.minimum ?? 0) : (schema.maximum ?? Number.MAX_SAFE_INTEGER);
    case 'boolean':
      return variant % 2 === 0;
    case 'null':
      return null;
    default:
      return worstText(schema, name, variant);
  }
}

function worstText({ format, maxLength = 200 }: Schema, name: string, variant: number): string {
  if (format === 'uuid') return idFor(name);
  if (format === 'date-time') return TIMES[variant % TIMES.length] ?? '';
  if (format === 'email' || /email/i.test(name)) return `ada${variant}@example.org`;
  if (/color|accent/i.test(name)) return '#aa3300';
  if (/locale|language/i.test(name)) return 'en';
  return (TEXTS[variant % TEXTS.length] ?? '').slice(0, maxLength);
}

/** The lists have what the object has, and nothing was set aside. */
async function expectConverged(after: string): Promise<void> {
  const object = conversationObject(env, world.acme.id, conversation);
  const settled = await runInDurableObject(object, (instance: ConversationObject) =>
    instance.settle(),
  );
  await runDurableObjectAlarm(object);
  const wrong = lines.filter((line) => /projection_|indexing_|_failed|outage/.test(line));
  expect([after, settled, wrong]).toEqual([after, true, []]);
  const [row] = await openDatabase(env)
    .select()
    .from(conversations)
    .where(eq(conversations.id, conversation));
  expect(row).toBeDefined();
}

const described = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        requestBody: z
          .object({
            content: z.object({
              'application/json': z
                .object({ schema: z.custom<Schema>((value) => typeof value === 'object') })
                .optional(),
            }),
          })
          .optional(),
      }),
    ),
  ),
});

test('A1 A25: bodies of every route are taken or refused', { timeout: 120_000 }, async () => {
  const { json } = await call('GET', '/api/openapi.json');
  const routes = Object.entries(described.parse(json).paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { requestBody }]) => {
      const schema = requestBody?.content['application/json']?.schema;
      return schema ? [{ path, method, schema }] : [];
    }),
  );
  expect(routes.length).toBeGreaterThan(25);
  let accepted = 0;
  for (const { path, method, schema } of routes) {
    for (let variant = 0; variant < VARIANTS; variant += 1) {
      const filled = path
        .replace(/(conversations)\/\{id\}/, `$1/${conversation}`)
        .replace(/(customers)\/\{id\}/, `$1/${ids.customer}`)
        .replace(/(departments)\/\{id\}/, `$1/${ids.department}`)
        .replace(/(labels)\/\{id\}/, `$1/${ids.label}`)
        .replace(/\{seq\}/, '1')
        .replace(/\{\w+\}/g, () => crypto.randomUUID());
      const headers = {
        // Garbage where Cloudflare says who and what it is.
        'cf-connecting-ip': variant % 2 ? '2001:db8::7' : `garbage ${path} ${variant}`,
        'user-agent': 'x'.repeat(3_000),
        referer: 'https://shop.example/%00',
        ...(path.includes('/widget')
          ? { authorization: `Bearer ${visitor.session.sessionToken}` }
          : olive.headers),
      };
      const full = filled.startsWith('/api') ? filled : `/api${filled}`;
      const body = JSON.stringify(worst(schema, '', variant));
      const { status } = await call(method.toUpperCase(), full, { headers, body });
      const what = `${method} ${path} ${variant} ${body}`;
      // Mails are not sent here, which is said with 503.
      const mayBeAway = /address|transcript|password/.test(path);
      if (status !== 503 || !mayBeAway) expect([what, status < 500]).toEqual([what, true]);
      if (status < 300) accepted += 1;
      if (path.includes('/conversations')) {
        lines = lines.filter((line) => !/mail_/.test(line));
        await expectConverged(what);
      }
    }
  }
  expect(accepted).toBeGreaterThan(30);
});

test('A1: frames of every type are taken or refused, and the lists follow', async () => {
  const sockets = {
    visitor: await visitor.socket(conversation),
    agent: await olive.socket(`/conversations/${conversation}/socket`),
  };
  const schema: Schema = JSON.parse(JSON.stringify(z.toJSONSchema(upFrame)));
  for (const [role, socket] of Object.entries(sockets)) {
    await socket.hello();
    for (const option of schema.oneOf ?? schema.anyOf ?? []) {
      for (let variant = 0; variant < VARIANTS; variant += 1) {
        const frame = JSON.stringify(worst(option, '', variant));
        socket.raw(frame);
        await socket.settle();
        await expectConverged(`${role} ${frame}`);
      }
    }
  }
  const { json } = await olive.call('GET', `/admin/conversations/${conversation}`);
  expect(json.conversation.message_count).toBeGreaterThan(0);
});

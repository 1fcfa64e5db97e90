import { z } from 'zod';

/** The shape of protocol/cases/*.yaml. docs/protocol.md, "Conformance", describes it for people. */

/** The name of somebody or something within a case; placeholders refer to it as `<name>`. */
const name = z.string().regex(/^[a-z][a-z0-9_]*$/);

/** A visitor's name, `agent`, or `nobody`. */
const by = name;

const json: z.ZodType<unknown> = z.json();

/** What is kept of an answer: the new name, and the path of its value. */
const save = z.record(name, z.string()).optional();

/** Opens a session for a new visitor, or for one who comes back with a token. */
const visitor = z.strictObject({
  visitor: name,
  /** `other`: at the second organization. */
  key: z.literal('other').optional(),
  token: z.string().optional(),
});

/** Starts a conversation in a department whose form can be filled in. */
const start = z.strictObject({ start: name, by });

/** Opens a socket. With `hello`, says it and waits for the whole of `welcome`. */
const socket = z.strictObject({
  socket: name,
  at: name,
  by,
  hello: z.int().nonnegative().optional(),
});

/** A socket that must not open: the HTTP answer to its upgrade. */
const refused = z.strictObject({
  refused: z.string(),
  by: by.optional(),
  /** Offered in place of `foyer.v1` and the token. */
  protocols: z.array(z.string()).optional(),
  status: z.int(),
  code: z.string().optional(),
});

/** Sends a frame. */
const say = z.strictObject({ say: z.record(z.string(), json), on: name });

/** Sends a text as it is, or with `binary` as a binary frame. */
const raw = z.strictObject({ raw: z.string(), on: name, binary: z.literal(true).optional() });

/** Takes the next frame of this type that was not yet taken; it must have these fields. */
const hear = z.strictObject({
  hear: z.intersection(z.object({ type: z.string() }), z.record(z.string(), json)),
  on: name,
  save,
});

/** Takes the next text that is no frame, such as `pong`. */
const hearText = z.strictObject({ hear_text: z.string(), on: name });

/** None of these types of frames has come, once the server has handled all that was sent on the socket. */
const silent = z.strictObject({ silent: z.array(z.string()).min(1), on: name });

/** The server closes the socket with this code. */
const closed = z.strictObject({ closed: z.int(), on: name, reason: z.string().optional() });

/** The client closes the socket. */
const close = z.strictObject({ close: name });

/** An HTTP request: `POST /api/widget/…`. */
const request = z.strictObject({
  request: z.string().regex(/^(GET|POST|PUT|PATCH|DELETE) [/<]/),
  by,
  body: json.optional(),
  /** A body that is no JSON. */
  bytes: z.string().optional(),
  send_headers: z.record(z.string(), z.string()).optional(),
  status: z.int(),
  answer: json.optional(),
  headers: z.record(z.string(), z.string()).optional(),
  save,
});

const plain = z.union([
  visitor,
  start,
  socket,
  refused,
  say,
  raw,
  hear,
  hearText,
  silent,
  closed,
  close,
  request,
]);
export type PlainStep = z.infer<typeof plain>;

/** The same steps several times; `<i>` counts from 1. */
const repeat = z.strictObject({ repeat: z.int().positive(), steps: z.array(plain).min(1) });

const step = z.union([plain, repeat]);
export type Step = z.infer<typeof step>;

export const caseFile = z.strictObject({
  subject: z.string(),
  cases: z.array(z.strictObject({ name: z.string(), steps: z.array(step).min(1) })).min(1),
});

/** One case, with the subject of its file. */
export type Case = { subject: string; name: string; steps: Step[] };

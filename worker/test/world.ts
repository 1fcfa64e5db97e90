import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { hashPassword } from 'better-auth/crypto';
import { eq } from 'drizzle-orm';
import {
  insertBelongings,
  insertOrganization,
  organizationRows,
} from '../../drizzle/organization.ts';
import type { StartedConversation } from '../../protocol/conversation/visitor-conversation.ts';
import type { PreChatField } from '../../protocol/resources/department.ts';
import type { WidgetSession } from '../../protocol/widget/widget-session.ts';
import { SPACING } from '../conversation/drain/projector.ts';
import { tables } from '../database/configured.ts';
import { openDatabase, writeAll } from '../database/database.ts';
import type { Env } from '../env.ts';
import { join } from '../features/joining/store.ts';
import { listMembers } from '../features/settings/store.ts';
import { serveDepartments } from '../features/team/store.ts';
import { app } from '../http/app.ts';
import { mustBeAsDescribed } from './answers/described-answers.ts';
import { TestSocket } from './socket.ts';

const { users } = tables;

/** Two organizations, and people who speak to the whole Worker as browsers do. */

export const ORIGIN = 'https://chat.example';
const PASSWORD = 'correct horse battery';

/** For `vi.waitFor`: the lists may be a spacing behind, and the machine that tests may be busy. */
export const SOON = { timeout: SPACING + 3_000 };

const FORM: PreChatField[] = [
  { id: 'name', label: 'Name', type: 'name', required: true, options: [] },
  { id: 'email', label: 'Work e-mail', type: 'email', required: true, options: [] },
  { id: 'phone', label: 'Phone', type: 'phone', required: false, options: [] },
  { id: 'size', label: 'Team size', type: 'select', required: false, options: ['1', '2 to 10'] },
];

/** Writes Acme (key wk_acme) and Globex (key wk_globex); answers their ids. */
export async function settleWorld() {
  const passwordHash = await hashPassword(PASSWORD);
  const acme = organizationRows({
    name: 'Acme',
    slug: 'acme',
    publicKey: 'wk_acme',
    departments: [{ name: 'Sales', preChatFields: FORM }, { name: 'Billing' }],
    people: [
      { name: 'Olive', email: 'olive@acme.example', role: 'owner', passwordHash },
      { name: 'Amos', email: 'amos@acme.example', role: 'agent', passwordHash },
    ],
  });
  const globex = organizationRows({
    name: 'Globex',
    slug: 'globex',
    publicKey: 'wk_globex',
    departments: [{ name: 'Support' }],
    people: [{ name: 'Gus', email: 'gus@globex.example', role: 'owner', passwordHash }],
  });
  const db = openDatabase(env);
  for (const rows of [acme, globex]) {
    await writeAll(db, [
      insertOrganization(db, rows, tables),
      ...insertBelongings(db, rows, tables),
    ]);
  }
  const department = (rows: typeof acme, name: string) =>
    rows.departments.find((row) => row.name === name)?.id ?? '';
  return {
    acme: {
      id: acme.organization.id,
      sales: department(acme, 'Sales'),
      billing: department(acme, 'Billing'),
      users: acme.users.map(({ id }) => id),
    },
    globex: { id: globex.organization.id, support: department(globex, 'Support') },
  };
}

/** Makes the address of an account a proven one, as following a mailed link does. */
export async function proveAddress(email: string): Promise<void> {
  await openDatabase(env).update(users).set({ emailVerified: true }).where(eq(users.email, email));
}

/** A new agent of an organization, who serves these departments, in their browser. */
export async function hire(organizationId: string, name: string, departmentIds: string[]) {
  const db = openDatabase(env);
  const email = `${name.toLowerCase()}@hired.example`;
  await join(db, organizationId, 'agent', {
    name,
    email,
    password: await hashPassword(PASSWORD),
    proven: true,
  });
  const members = await listMembers(db, organizationId);
  const member = members.find((member) => member.email === email);
  if (!member) throw new Error(`${name} was not hired`);
  await serveDepartments(db, organizationId, member.user_id, departmentIds);
  return { id: member.user_id, member, agent: await SignedInAgent.signIn(email) };
}

/** `bindings`: other ones than the Worker's own. */
type Call = { body?: unknown; headers?: Record<string, string>; bindings?: Env | undefined };

/**
 * One request to the Worker, as it would come over the network, whose answer must be as /api/openapi.json
 * describes it (O7); with bindings of its own it is over when all is done that the Worker does after its
 * answer.
 */
export async function call(
  method: string,
  path: string,
  { body, headers = {}, bindings }: Call = {},
) {
  const init: RequestInit = {
    method,
    // Whoever asks sees where a redirect leads.
    redirect: 'manual',
    headers: {
      'cf-connecting-ip': '192.0.2.1',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  };
  const address = `${ORIGIN}${path}`;
  const response = await (bindings
    ? fetchWith(bindings, new Request(address, init))
    : exports.default.fetch(address, init));
  const text = await response.text();
  // The tests' runtime, and no other, makes a 204 for what wanted to be a socket a 200.
  if (!('upgrade' in headers)) await mustBeAsDescribed(method, path, response, text);
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at answers of every shape
  const json: any = text.startsWith('{') ? JSON.parse(text) : null;
  return { status: response.status, headers: response.headers, json };
}

async function fetchWith(bindings: Env, request: Request): Promise<Response> {
  const context = createExecutionContext();
  const response = await app.fetch(request, bindings, context);
  await waitOnExecutionContext(context);
  return response;
}

async function connect(path: string, protocols: string[], headers: Record<string, string> = {}) {
  const response = await exports.default.fetch(`${ORIGIN}${path}`, {
    headers: {
      upgrade: 'websocket',
      'sec-websocket-protocol': protocols.join(', '),
      ...headers,
    },
  });
  return { response, socket: response.webSocket };
}

/** A visitor's browser with its session. */
export class Visitor {
  readonly session: WidgetSession;

  constructor(session: WidgetSession) {
    this.session = session;
  }

  static async arrive(key = 'wk_acme', visitorToken?: string, more: object = {}): Promise<Visitor> {
    const { json } = await call('POST', '/api/widget/sessions', {
      body: { key, visitorToken, page: { url: 'https://shop.example/' }, ...more },
    });
    return new Visitor(json);
  }

  call(method: string, path: string, body?: unknown, bindings?: Env) {
    const headers = { authorization: `Bearer ${this.session.sessionToken}` };
    return call(method, `/api/widget${path}`, { body, headers, bindings });
  }

  /** Picks a department without asking for more; answers the conversation. */
  async pick(departmentId: string, more: object = {}): Promise<StartedConversation> {
    const { json } = await this.call('POST', '/conversations', { departmentId, ...more });
    return json.conversation;
  }

  async socket(conversationId: string, headers?: Record<string, string>): Promise<TestSocket> {
    const path = `/api/widget/conversations/${conversationId}/socket`;
    const protocols = ['foyer.v1', this.session.sessionToken];
    const { response, socket } = await connect(path, protocols, headers);
    if (!socket) throw new Error(`Refused with ${response.status}`);
    return new TestSocket(socket);
  }
}

/** An agent's browser, signed in. */
export class SignedInAgent {
  readonly #cookie: string;

  private constructor(cookie: string) {
    this.#cookie = cookie;
  }

  static async signIn(email: string, password = PASSWORD): Promise<SignedInAgent> {
    const { headers } = await call('POST', '/api/auth/sign-in/email', {
      body: { email, password },
      // Each from an address of their own: sign-ins are counted by address.
      headers: { origin: ORIGIN, 'cf-connecting-ip': `192.0.2.${email.length}` },
    });
    const [cookie] = headers.getSetCookie();
    if (!cookie) throw new Error(`${email} could not sign in`);
    return new SignedInAgent(cookie.split(';')[0] ?? '');
  }

  get headers() {
    return { cookie: this.#cookie, origin: ORIGIN };
  }

  call(method: string, path: string, body?: unknown, bindings?: Env) {
    return call(method, `/api${path}`, { body, headers: this.headers, bindings });
  }

  /** An answer that is no JSON. */
  file(path: string): Promise<Response> {
    const headers = { 'cf-connecting-ip': '192.0.2.1', ...this.headers };
    return exports.default.fetch(`${ORIGIN}/api${path}`, { headers });
  }

  /** @param further subprotocols that it offers, as the dashboard of this version does */
  async socket(path: string, ...further: string[]): Promise<TestSocket> {
    const protocols = ['foyer.v1', ...further];
    const { response, socket } = await connect(`/api/admin${path}`, protocols, this.headers);
    if (!socket) throw new Error(`Refused with ${response.status}`);
    return new TestSocket(socket);
  }
}

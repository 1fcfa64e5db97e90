import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { newVisitorId, signTokens } from '../../worker/auth/visitors.ts';
import { cookieOf } from '../harness/people.ts';
import { DEPARTMENT, ORGANIZATION } from '../harness/seed.ts';
import { SECRET, type Server } from '../harness/server.ts';
import type { Route } from './routes.ts';

/** What a request is about, made before it is measured: a route that changes something finds it unchanged. */
export type Target = {
  /** The values for `:id`, `:seq`, `:note` and the like in the path. */
  params: Record<string, string>;
  headers: Record<string, string>;
};

const started = z.object({
  conversation: z.object({ id: z.string(), widget_customer_id: z.string() }),
});
const ack = z.object({ seq: z.number() });
const page = z.object({ items: z.array(z.looseObject({ id: z.string() })) });

/** Collections whose items are created with POST and removed again. */
const COLLECTIONS = [
  'labels',
  'views',
  'canned-responses',
  'identity-secrets',
  'invitations',
  'schedules',
];

/** What can be done once to an agent: whoever is signed out or removed has no session to end. */
const ONCE_EACH = /\/auth\/sign-out$|\/members\/:id\/sign-out$|^DELETE .*\/members\/:id$/;

/** Guesses and mails, which are limited by agent: those before this number take turns. */
const GUESSES = /\/me\/(password|address|confirm-address|two-factor)/;
const GUESSERS = 30;

/** Agents who are signed out by themselves; those after them are members who lose something. */
const SIGNED_OUT = 40;

export class Targets {
  readonly #origin: string;
  #members: string[] | undefined;
  #guesses = 0;
  #signedOut = GUESSERS;

  constructor(server: Pick<Server, 'origin'>) {
    this.#origin = server.origin;
  }

  /** How many of a route's requests can be prepared at once, and how often that is done. */
  plan({ path, name }: Route, count: number, rows: number): { count: number; rows: number } {
    // An organization has two secrets.
    if (path.includes('/identity-secrets')) return { count: 1, rows: count * rows };
    const isScarce =
      ONCE_EACH.test(name) || GUESSES.test(name) || name === 'POST /api/admin/departments';
    return { count: isScarce ? Math.ceil(count / 4) : count, rows };
  }

  /** Whether what `make` has begun goes on for a moment: a conversation tells the lists of itself. */
  goesOn({ path }: Route): boolean {
    return /\/conversations\/:id|\/customers?\b/.test(path);
  }

  /** What one request of a route needs. */
  async make(route: Route): Promise<Target> {
    const { path } = route;
    const headers = await this.#headers(route);
    if (path.startsWith('/api/widget/conversations/:id') || path === '/api/widget/customer') {
      const { visitor, ...params } = await this.#conversation(route);
      return { params, headers: { ...headers, ...visitor } };
    }
    if (path.startsWith('/api/admin/conversations/:id') || path.includes('/customers/:id')) {
      const { visitor: _, ...params } = await this.#conversation(route);
      const id = path.includes('/customers/') ? params.customer : params.id;
      return { params: { ...params, id }, headers };
    }
    return { params: { id: await this.#idFor(route), picture: '0'.repeat(32) }, headers };
  }

  /** Removes what a route's requests have left behind in a collection that holds only so many. */
  async clear({ path }: Route): Promise<void> {
    const collection = COLLECTIONS.find((name) => path.startsWith(`/api/admin/${name}`));
    if (!collection) return;
    const { items } = page.parse(await this.#call('GET', `/api/admin/${collection}`));
    for (const { id } of items) await this.#call('DELETE', `/api/admin/${collection}/${id}`);
  }

  async #idFor({ path, name }: Route): Promise<string> {
    const collection = COLLECTIONS.find((name) => path.startsWith(`/api/admin/${name}/:id`));
    if (collection) return this.#made(collection);
    if (path.startsWith('/api/admin/departments/:id')) return DEPARTMENT;
    if (path.startsWith('/api/admin/members/:id')) return this.#member(name);
    return randomUUID();
  }

  async #made(collection: string): Promise<string> {
    const bodies: Record<string, object | undefined> = {
      labels: { name: randomUUID(), color: '#aa3300' },
      views: { name: randomUUID(), query: {} },
      'canned-responses': { shortcut: randomUUID(), body: 'Hello' },
      schedules: {
        name: randomUUID(),
        timezone: 'UTC',
        weekly: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] },
        exceptions: [],
      },
      invitations: { email: `${randomUUID()}@bench.example`, role: 'agent' },
    };
    const answer = await this.#call('POST', `/api/admin/${collection}`, bodies[collection]);
    const [thing] = Object.values(z.record(z.string(), z.unknown()).parse(answer));
    return z.object({ id: z.string() }).parse(thing).id;
  }

  /** A colleague's membership: each in turn, or each once where it does not last. */
  async #member(name: string): Promise<string> {
    const { items } = page.parse(await this.#call('GET', '/api/admin/members'));
    this.#members ??= items
      .filter((member) => Number(`${member.name}`.split(' ')[1]) > GUESSERS + SIGNED_OUT)
      .map(({ id }) => id);
    const id = this.#members.shift();
    if (id === undefined) throw new Error('The bench has no member left to remove.');
    if (!ONCE_EACH.test(name)) this.#members.push(id);
    return id;
  }

  /** A visitor's conversation in which both have said something, with a file and a note on its customer. */
  async #conversation({ path }: Route) {
    const visitor = await visitorHeaders();
    const { conversation } = started.parse(
      await this.#call('POST', '/api/widget/conversations', { departmentId: DEPARTMENT }, visitor),
    );
    const { id, widget_customer_id: customer } = conversation;
    const messages = `conversations/${id}/messages`;
    const hello = { id: randomUUID(), body: 'Hello, my parcel has not come.' };
    let seq = await this.#said(`/api/widget/${messages}`, hello, visitor);
    if (path.startsWith('/api/admin/') || path.endsWith('/transcript')) {
      seq = await this.#said(`/api/admin/${messages}`, { id: randomUUID(), body: 'I look.' });
    }
    if (path.includes('/files/:seq')) {
      const text = { ...visitor, 'content-type': 'text/plain' };
      const file = `/api/widget/conversations/${id}/files?id=${randomUUID()}&name=a.txt`;
      seq = await this.#said(file, 'some text', text);
    }
    const note = path.includes('/:note') ? await this.#note(customer) : '';
    return { id, customer, note, seq: `${seq}`, visitor };
  }

  async #said(path: string, body: unknown, headers?: Record<string, string>): Promise<number> {
    return ack.parse(await this.#call('POST', path, body, headers)).seq;
  }

  async #note(customer: string): Promise<string> {
    const path = `/api/admin/customers/${customer}/notes`;
    const answer = await this.#call('POST', path, { body: 'Prefers the phone' });
    return z.object({ note: z.object({ id: z.string() }) }).parse(answer).note.id;
  }

  /** As the browser of whoever asks sends them. */
  async #headers({ path, name }: Route): Promise<Record<string, string>> {
    if (GUESSES.test(name)) {
      this.#guesses = (this.#guesses % GUESSERS) + 1;
      return signedIn(this.#origin, this.#guesses);
    }
    if (name === 'POST /api/auth/sign-out') {
      this.#signedOut += 1;
      return signedIn(this.#origin, this.#signedOut);
    }
    if (path.startsWith('/api/admin/') || path === '/api/auth/get-session') {
      return signedIn(this.#origin, 0);
    }
    if (path.startsWith('/api/widget/') && path !== '/api/widget/sessions') return visitorHeaders();
    return { origin: this.#origin };
  }

  async #call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<unknown> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${this.#origin}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(headers ?? (await signedIn(this.#origin, 0))),
      },
      ...(body !== undefined && { body: text }),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} got ${response.status}: ${answer}`);
    return answer === '' ? null : JSON.parse(answer);
  }
}

async function signedIn(origin: string, agent: number): Promise<Record<string, string>> {
  return { origin, cookie: await cookieOf(agent) };
}

async function visitorHeaders(): Promise<Record<string, string>> {
  const visitor = { organization_id: ORGANIZATION, visitor_id: newVisitorId() };
  const { sessionToken } = await signTokens(SECRET, visitor);
  return { authorization: `Bearer ${sessionToken}` };
}

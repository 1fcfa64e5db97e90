import { env } from 'cloudflare:workers';
import { and, eq, ne } from 'drizzle-orm';
import { inspectRoutes } from 'hono/dev';
import { SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { StartedConversation } from '../../../protocol/conversation/visitor-conversation.ts';
import { conversationObject } from '../../conversation/calls/address.ts';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { isConversation, itsCustomer } from '../../features/conversations/store/rows.ts';
import { createNote, listNotes } from '../../features/customers/notes-store.ts';
import { invite, join } from '../../features/joining/store.ts';
import { listMembers, readSettings } from '../../features/settings/store.ts';
import { restrictAgents, serveDepartments } from '../../features/team/store.ts';
import { createView, listViews } from '../../features/views/store.ts';
import { app } from '../../http/app.ts';
import { call, hire, SignedInAgent, settleWorld, Visitor } from '../world.ts';
import { BODIES, QUERIES, ROWS } from './access.ts';
import { allRows } from './all-rows.ts';
import { AUTH, PEOPLE } from './part.ts';
import { RECORDED } from './recorded-routes.ts';

const { activity, conversations, sessions, widgetCustomers } = tables;

/** Whose answers must not even name the conversation. */
const OUTSIDERS = ['nobody', 'stranger', 'foreigner', 'expired', 'gus', 'rita'];

/** Reading that is recorded in the activity log. */
const EXPORTS = Object.keys(RECORDED).filter((route) => route.startsWith('GET '));

/** The kinds of activity of Acme's log that are not among these ids, and all ids. */
async function recordedSince(ids: ReadonlySet<string>) {
  const rows = await openDatabase(env)
    .select({ id: activity.id, kind: activity.kind })
    .from(activity)
    // Agents come and go beside what is asked here.
    .where(
      and(eq(activity.organization_id, world.acme.id), ne(activity.kind, 'member.status_changed')),
    );
  const kinds = rows.flatMap(({ id, kind }) => (ids.has(id) ? [] : [kind]));
  return { kinds, ids: new Set(rows.map(({ id }) => id)) };
}

/** A user whom there is not: shared views are everybody's. */
const NOBODY = '00000000-0000-4000-8000-000000000000';

/** What is taken back, and what is uploaded, is named by an id. */
function queryOf(route: string, method: string): string {
  if (method === 'DELETE' && route.includes('/messages/')) return `?id=${crypto.randomUUID()}`;
  if (route.endsWith('/files')) return `?id=${crypto.randomUUID()}&name=a.txt`;
  return QUERIES[route] ?? '';
}

type World = Awaited<ReturnType<typeof settleWorld>>;
/** What a browser sends with each request. */
type Browser = { token?: string; headers?: Record<string, string> };

let world: World;
let agents: Record<'amos' | 'olive' | 'gus' | 'former' | 'rita', SignedInAgent>;
/** What everybody looks at, until somebody changes it. */
let gallery: Scene;

beforeAll(async () => {
  world = await settleWorld();
  const { id, sales, billing, users } = world.acme;
  await restrictAgents(openDatabase(env), id, true);
  await serveDepartments(openDatabase(env), id, users[1] ?? '', [sales, billing]);
  const former = await SignedInAgent.signIn('amos@acme.example');
  await openDatabase(env)
    .update(sessions)
    .set({ expiresAt: new Date(Date.now() - 1) });
  agents = {
    former,
    amos: await SignedInAgent.signIn('amos@acme.example'),
    olive: await SignedInAgent.signIn('olive@acme.example'),
    gus: await SignedInAgent.signIn('gus@globex.example'),
    rita: (await hire(id, 'Rita', [sales])).agent,
  };
  gallery = await scene();
});

type Scene = {
  people: Record<string, Browser>;
  conversation: StartedConversation;
  /** A colleague's membership and an invitation, which whoever may removes. */
  member: string;
  invitation: string;
  /** Of each list that one adds to: the id of the first item. */
  firsts: Record<string, string>;
};

/** A new Ada with her conversation, a word of hers and a note of Amos's in it, and everybody around. */
async function scene(): Promise<Scene> {
  const ada = await Visitor.arrive();
  const conversation = await ada.pick(world.acme.billing);
  const messages = `/conversations/${conversation.id}/messages`;
  await ada.call('POST', messages, { id: crypto.randomUUID(), body: 'Hello' });
  await agents.amos.call('POST', `/admin${messages}`, {
    id: crypto.randomUUID(),
    body: 'A note',
    kind: 'note',
  });
  const db = openDatabase(env);
  // The limit is this low, so that one is enough.
  if ((await listViews(db, world.acme.id, NOBODY)).length === 0) {
    await createView(db, world.acme.id, NOBODY, { name: 'Urgent', query: {}, shared: true }, 0);
  }
  const author = { id: world.acme.users[1] ?? '', name: 'Amos' };
  const body = 'Prefers the phone';
  await createNote(db, world.acme.id, conversation.widget_customer_id ?? '', { author, body });
  const token = (visitor: Visitor) => ({ token: visitor.session.sessionToken });
  const people: Record<string, Browser> = {
    nobody: {},
    stranger: token(await Visitor.arrive()),
    foreigner: token(await Visitor.arrive('wk_globex')),
    expired: { token: await expired(ada), headers: agents.former.headers },
    gus: { headers: agents.gus.headers },
    elsewhere: { headers: { ...agents.amos.headers, origin: 'https://elsewhere.example' } },
    rita: { headers: agents.rita.headers },
    amos: { headers: agents.amos.headers },
    olive: { headers: agents.olive.headers },
    ada: token(ada),
  };
  return {
    people,
    conversation,
    member: await colleague(),
    invitation: await invitation(),
    firsts: await firsts(),
  };
}

/**
 * Paths of lists that one adds to and whose items have an id, as `/api/admin/labels`. Of those that are
 * named here, `idIn` knows which item is meant.
 */
const LISTS = ROWS.map(({ route }) => route.match(/^POST (\/api\/admin\/[^/]+)$/)?.[1] ?? '')
  .filter((path) => ROWS.some(({ route }) => route.endsWith(` ${path}/:id`)))
  .filter((path) => !/departments|invitations|views/.test(path));

/** Adds to each list where it is empty, as the owner does, until the owner has signed out. */
async function firsts(): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  const owner = { headers: agents.olive.headers };
  const read = async (path: string) =>
    items.safeParse((await call('GET', path, owner)).json).data?.items[0]?.id;
  for (const path of LISTS) {
    const first = await read(path);
    if (first === undefined) {
      await call('POST', path, { ...owner, body: BODIES[`POST ${path}`]?.(world) });
    }
    ids[path] = first ?? (await read(path)) ?? '';
  }
  return ids;
}

const items = z.object({ items: z.array(z.object({ id: z.string() })) });

/** A token as worker/auth/visitors.ts signs it, past its time. */
async function expired({ session }: Visitor): Promise<string> {
  const jwt = await new SignJWT({ org: world.acme.id })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(session.visitor_id)
    .setAudience('foyer.session')
    .setExpirationTime(Math.floor(Date.now() / 1000) - 1)
    .sign(new TextEncoder().encode(`${env.FOYER_SECRET}:visitors`));
  return `st_${jwt}`;
}

/** The id of something of Acme's, of the kind that the path names. */
async function idIn(
  pattern: string,
  { conversation, member, invitation, firsts }: Scene,
): Promise<string> {
  const db = openDatabase(env);
  if (pattern.includes('/customers/')) return conversation.widget_customer_id ?? '';
  if (pattern.includes('/departments/')) return world.acme.billing;
  if (pattern.includes('/members/')) return member;
  if (pattern.includes('/invitations/')) return invitation;
  if (pattern.includes('/views/')) return (await listViews(db, world.acme.id, NOBODY))[0]?.id ?? '';
  return firsts[pattern.replace('/:id', '')] ?? conversation.id;
}

/** A new member of Acme; answers the membership's id. */
async function colleague(): Promise<string> {
  const email = `${crypto.randomUUID()}@acme.example`;
  const db = openDatabase(env);
  await join(db, world.acme.id, 'agent', {
    name: 'Cole',
    email,
    password: 'no hash',
    proven: true,
  });
  const members = await listMembers(db, world.acme.id);
  return members.find((member) => member.email === email)?.id ?? '';
}

async function invitation(): Promise<string> {
  return invite(openDatabase(env), world.acme.id, {
    email: `${crypto.randomUUID()}@acme.example`,
    role: 'agent',
    inviter_id: world.acme.users[0] ?? '',
    expires_at: new Date(Date.now() + 60_000),
  });
}

const notesOf = ({ organization_id, widget_customer_id }: StartedConversation) =>
  listNotes(openDatabase(env), organization_id, widget_customer_id ?? '');

async function ask(route: string, { token, headers }: Browser, around: Scene) {
  const [method = '', pattern = ''] = route.split(' ');
  const body = BODIES[route]?.(world);
  if (method !== 'GET' && !(route in BODIES)) {
    throw new Error(`Say in BODIES what a right request to ${route} is.`);
  }
  const path = pattern
    .replace(':picture', '0'.repeat(32))
    .replace(':id', await idIn(pattern, around))
    .replace(':note', (await notesOf(around.conversation))[0]?.id ?? '')
    .replace(':seq', pattern.includes('/admin/') ? '2' : '1')
    .replace('/*', '/')
    .concat(queryOf(route, method));
  const offered = token ? `foyer.v1, ${token}` : 'foyer.v1';
  return call(method, path, {
    ...(body !== undefined && { body }),
    headers: {
      ...headers,
      ...(route.endsWith('/files') && { 'content-length': '9' }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...(path.endsWith('/socket') && {
        upgrade: 'websocket',
        'sec-websocket-protocol': offered,
      }),
    },
  });
}

/** What a refusal must leave as it is: the conversation with its customer and files, all other tables. */
async function storedState(started: StartedConversation): Promise<Record<string, string>> {
  const { organization_id, id } = started;
  await conversationObject(env, organization_id, id).settle();
  const db = openDatabase(env);
  const [conversation, settings, files, rows] = await Promise.all([
    db
      .select()
      .from(conversations)
      .innerJoin(widgetCustomers, itsCustomer)
      .where(isConversation(organization_id, id)),
    readSettings(db, organization_id),
    env.FILES?.list(),
    allRows(),
  ]);
  return {
    ...rows,
    conversation: JSON.stringify(conversation),
    settings: JSON.stringify({ ...settings, seen: null }),
    files: JSON.stringify(files?.objects.map(({ key }) => key)),
  };
}

const routes = inspectRoutes(app)
  .filter(({ isMiddleware }) => !isMiddleware)
  .map(({ method, path }) => `${method} ${path}`)
  .flatMap((route) => (route === 'ALL /api/auth/*' ? AUTH : [route]));

/** `GET /path 200 404 …`, as a row of the table without its spaces. */
const line = (route: string, statuses: readonly number[]) => [route, ...statuses].join(' ');

describe('who gets what (P5, P6)', () => {
  test('every route is in the table', () => {
    expect(ROWS.map(({ route }) => route).sort()).toEqual(routes.sort());
  });

  test('every route of the dashboard that changes something records it, or says why not', () => {
    const changing = ROWS.map(({ route }) => route).filter((route) =>
      /^(?:POST|PUT|PATCH|DELETE) \/api\/admin\//.test(route),
    );
    expect([...changing, ...EXPORTS].sort()).toEqual(Object.keys(RECORDED).sort());
  });

  test.each(ROWS)('$route', async ({ route, statuses: expected }) => {
    const statuses: number[] = [];
    let before = await storedState(gallery.conversation);
    let refused: string[] = [];
    const changes = async () => {
      const after = await storedState(gallery.conversation);
      return Object.keys(after).filter((what) => after[what] !== before[what]);
    };
    const expectNoChange = async () => {
      if (refused.length === 0) return;
      expect(await changes(), `${refused.join(', ')}: refused, and yet changed`).toEqual([]);
      refused = [];
    };
    for (const [column, name] of PEOPLE.entries()) {
      // Reading every table takes longer than a request: once for all refusals in a row.
      if (Number(expected[column]) < 400) await expectNoChange();
      const { people, conversation } = gallery;
      const what = RECORDED[route];
      const asks = name === 'olive' && what !== undefined && !what.endsWith('*');
      const recorded = asks ? (await recordedSince(new Set())).ids : new Set<string>();
      const { status, json } = await ask(route, people[name] ?? {}, gallery);
      if (asks) {
        const { kinds } = await recordedSince(recorded);
        expect(kinds, `what ${route} records`).toEqual(
          what.startsWith('-') || status >= 400 ? [] : [what],
        );
        if (!what.startsWith('-')) expect(status, `${route}: mark it with *`).toBeLessThan(400);
      }
      statuses.push(status);
      if (OUTSIDERS.includes(name)) expect(JSON.stringify(json)).not.toContain(conversation.id);
      // A GET that changes something fails here as well, for every caller who is allowed; except for exports,
      // which are recorded.
      const reads = route.startsWith('GET ') && !EXPORTS.includes(route);
      if (status >= 400 || reads) refused.push(name);
      else if ((await changes()).length > 0) {
        // The next one must not find what somebody changed.
        gallery = await scene();
        before = await storedState(gallery.conversation);
      }
    }
    await expectNoChange();
    expect(line(route, statuses)).toBe(line(route, expected));
  });
});

import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import type { WidgetSession } from '../../../protocol/widget/widget-session.ts';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { call, SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';

const { conversations, customers, widgetCustomers } = tables;

/** Signed identity: whom a site's own server vouches for, and what nobody vouches for. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;
let gus: SignedInAgent;
type Secret = { id: string; secret: string };
let first: Secret;
let foreign: Secret;

async function makeSecret(owner: SignedInAgent): Promise<Secret> {
  const { status, json } = await owner.call('POST', '/admin/identity-secrets');
  expect(status).toBe(201);
  return { id: json.identity_secret.id, secret: json.secret };
}

type Claims = Record<string, unknown>;
type Signing = { secret?: string; kid?: string; exp?: number | null; alg?: string };

const HOUR = 3_600;
const now = () => Math.floor(Date.now() / 1_000);

/** A token as a site's server makes it. */
async function sign(claims: Claims, { secret, kid, exp, alg = 'HS256' }: Signing = {}) {
  const jwt = new SignJWT({ ...claims, ...(exp !== null && { exp: exp ?? now() + HOUR }) });
  jwt.setProtectedHeader({ alg, ...(kid && { kid }) });
  return jwt.sign(new TextEncoder().encode(secret ?? first.secret));
}

async function arrive(identity?: string, visitorToken?: string): Promise<Visitor> {
  const { status, json } = await call('POST', '/api/widget/sessions', {
    body: { key: 'wk_acme', visitorToken, identity, page: { url: 'https://shop.example/' } },
  });
  expect(status).toBe(201);
  return new Visitor(json);
}

beforeAll(async () => {
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
  gus = await SignedInAgent.signIn('gus@globex.example');
  first = await makeSecret(olive);
  foreign = await makeSecret(gus);
});

describe('P5: only what the site signed is somebody', () => {
  const ada = { sub: 'ada' };
  const wrong: Record<string, () => Promise<string> | string> = {
    'signed with a guess': () => sign(ada, { secret: 'a guess' }),
    'changed after it was signed': async () => {
      const [head, , signature] = (await sign(ada)).split('.');
      const body = btoa(JSON.stringify({ sub: 'eve', exp: now() + HOUR })).replace(/=+$/, '');
      return `${head}.${body}.${signature}`;
    },
    "signed by another organization's server": () => sign(ada, { secret: foreign.secret }),
    'naming the secret of another organization': () =>
      sign(ada, { secret: foreign.secret, kid: foreign.id }),
    'naming a secret that is none': () => sign(ada, { kid: 'nobody' }),
    'not signed at all': () => new UnsecuredJWT(ada).setExpirationTime('1h').encode(),
    'signed by another algorithm': () => sign(ada, { alg: 'HS512' }),
    'valid for longer than a day': () => sign(ada, { exp: now() + 25 * HOUR }),
    'valid for ever': () => sign(ada, { exp: null }),
    'about nobody': () => sign({ email: 'ada@shop.example' }),
    'about an empty name': () => sign({ sub: '' }),
    'no token': () => 'ada',
    'A24: about a blank': () => sign({ sub: ' \t' }),
    'A24: about what cannot be seen': () => sign({ sub: '\u200b' }),
    'A24: about a NUL, which Postgres does not keep': () => sign({ sub: 'ada\0' }),
    'A24: about half a surrogate pair': () => sign({ sub: 'ada\ud83d' }),
    'A24: saying half a surrogate pair': () => sign({ sub: 'ada', name: '\udc00' }),
    'A24: with half a surrogate pair in a field': () =>
      sign({ sub: 'ada', custom_fields: { '\ud83d': 'x' } }),
  };

  test.each(Object.keys(wrong))('%s: a session of nobody in particular', async (name) => {
    const { session } = await arrive(await wrong[name]?.());
    expect(session).toMatchObject({ identity: 'invalid', open_conversation: null });
    const started = await new Visitor(session).pick(world.acme.billing);
    expect(started.customer_id).toBe(null);
  });

  test('past its time it is expired, and that is said', async () => {
    const { session } = await arrive(await sign(ada, { exp: now() - 120 }));
    expect(session.identity).toBe('expired');
  });

  test('a token that is too long is refused as any wrong field', async () => {
    const { status } = await call('POST', '/api/widget/sessions', {
      body: { key: 'wk_acme', identity: 'x'.repeat(4_001) },
    });
    expect(status).toBe(400);
  });
});

describe('a registered customer', () => {
  test('P1: opening writes nothing; picking a department writes who it is', async () => {
    const db = openDatabase(env);
    const token = await sign({
      sub: 'nora-7',
      email: 'nora@field.example',
      name: 'Nora Field',
      custom_fields: { plan: 'gold', seats: 12, odd: { a: 1 } },
    });
    const nora = await arrive(token);
    expect(nora.session.identity).toBe('verified');
    const records = () => db.select().from(customers).where(eq(customers.external_id, 'nora-7'));
    expect(await records()).toEqual([]);
    const started = await nora.pick(world.acme.billing);
    const [row] = await records();
    expect(row).toMatchObject({
      id: started.customer_id,
      organization_id: world.acme.id,
      email: 'nora@field.example',
      full_name: 'Nora Field',
      custom_fields: { plan: 'gold', seats: '12' },
    });
    expect(started.widget_customer).toMatchObject({
      email: 'nora@field.example',
      full_name: 'Nora Field',
      custom_fields: { plan: 'gold', seats: '12' },
    });
    const detail = await olive.call('GET', `/admin/conversations/${started.id}`);
    expect(detail.json.conversation).toMatchObject({
      customer_id: started.customer_id,
      registered_customer: { external_id: 'nora-7', full_name: 'Nora Field' },
    });
    // What the site says later holds; it is the same person.
    const later = await arrive(await sign({ sub: 'nora-7', name: 'Nora Fielding' }));
    await later.pick(world.acme.sales, { preChatData: { name: 'N', email: 'n@field.example' } });
    expect(await records()).toMatchObject([{ id: row?.id, full_name: 'Nora Fielding' }]);
  });

  test('on two browsers sees the same conversations, live and listed', async () => {
    const laptop = await arrive(await sign({ sub: 'two' }));
    const { id } = await laptop.pick(world.acme.billing);
    const socket = await laptop.socket(id);
    await socket.hello();
    await socket.send('From the laptop');

    const phone = await arrive(await sign({ sub: 'two' }));
    expect(phone.session.visitor_id).not.toBe(laptop.session.visitor_id);
    expect(phone.session.open_conversation?.id).toBe(id);
    expect((await phone.pick(world.acme.billing)).id).toBe(id);
    const listed = await phone.call('GET', '/conversations');
    expect(listed.json.items.map((item: { id: string }) => item.id)).toEqual([id]);
    expect((await phone.call('GET', `/conversations/${id}`)).status).toBe(200);
    const messages = await phone.call('GET', `/conversations/${id}/messages`);
    expect(messages.json.items).toMatchObject([{ body: 'From the laptop' }]);

    // Without the token, the very same browser is not let in.
    const signedOut = await arrive(undefined, laptop.session.visitorToken);
    expect(signedOut.session.open_conversation).toBe(null);
    expect((await signedOut.call('GET', `/conversations/${id}`)).status).toBe(404);
    expect((await signedOut.call('GET', `/conversations/${id}/messages`)).status).toBe(404);
  });

  test('keeps what the browser had begun before, and takes none of it along', async () => {
    const before = await arrive();
    const { id } = await before.pick(world.acme.billing, {
      customerData: { email: 'shared@field.example' },
    });
    const { visitorToken } = before.session;
    const signedIn = await arrive(
      await sign({ sub: 'late', email: 'shared@field.example' }),
      visitorToken,
    );
    expect(signedIn.session.open_conversation?.id).toBe(id);
    expect((await signedIn.call('GET', `/conversations/${id}/messages`)).status).toBe(200);
    const own = await signedIn.pick(world.acme.sales, {
      preChatData: { name: 'L', email: 'l@field.example' },
    });
    const listed = await signedIn.call('GET', '/conversations');
    expect(listed.json.items.map((item: { id: string }) => item.id)).toEqual([own.id, id]);

    // Elsewhere the same person does not have it, for all that the address is the same.
    const otherBrowser = await arrive(await sign({ sub: 'late', email: 'shared@field.example' }));
    expect((await otherBrowser.call('GET', `/conversations/${id}`)).status).toBe(404);
    const rows = await openDatabase(env)
      .select({ customer_id: conversations.customer_id })
      .from(conversations)
      .where(eq(conversations.id, id));
    expect(rows).toEqual([{ customer_id: null }]);
  });

  test('is not the next one who signs in on the same browser', async () => {
    const { session } = await arrive(await sign({ sub: 'morning' }));
    const { id } = await new Visitor(session).pick(world.acme.billing);
    const evening = await arrive(await sign({ sub: 'evening' }), session.visitorToken);
    expect(evening.session.open_conversation).toBe(null);
    expect((await evening.call('GET', `/conversations/${id}`)).status).toBe(404);
    const own = await evening.pick(world.acme.billing);
    expect(own.id).not.toBe(id);
    expect((await evening.call('GET', '/conversations')).json.items).toHaveLength(1);
  });

  test("is another organization's own, under the same id", async () => {
    const here = await (await arrive(await sign({ sub: 'same' }))).pick(world.acme.billing);
    const { json } = await call('POST', '/api/widget/sessions', {
      body: { key: 'wk_globex', identity: await sign({ sub: 'same' }, { secret: foreign.secret }) },
    });
    const there = await new Visitor(json).pick(world.globex.support);
    expect(there.customer_id).toEqual(expect.any(String));
    expect(there.customer_id).not.toBe(here.customer_id);
  });
});

describe('what nobody vouched for', () => {
  test('P5: changes the record that agents see, and opens nothing', async () => {
    const nora = await arrive(await sign({ sub: 'n', email: 'n@field.example' }));
    await nora.pick(world.acme.billing);
    const eve = await arrive();
    expect((await eve.call('PATCH', '/customer', { email: 'n@field.example' })).status).toBe(404);
    const started = await eve.pick(world.acme.billing, {
      customerData: { name: 'Nora', email: 'n@field.example', customFields: { plan: 'free' } },
    });
    expect(started).toMatchObject({ customer_id: null, widget_customer: { full_name: 'Nora' } });
    const changed = await eve.call('PATCH', '/customer', { customFields: { seats: '3' } });
    expect(changed.json.widget_customer.custom_fields).toEqual({ plan: 'free', seats: '3' });
    expect((await eve.call('GET', '/conversations')).json.items).toHaveLength(1);
    const [row] = await openDatabase(env)
      .select()
      .from(widgetCustomers)
      .where(eq(widgetCustomers.id, started.widget_customer_id ?? ''));
    expect(row?.customer_id).toBe(null);
  });
});

describe('rotation', () => {
  test('two secrets hold, a third does not fit; what is retired signs nothing', async () => {
    const second = await makeSecret(olive);
    expect((await olive.call('POST', '/admin/identity-secrets')).status).toBe(409);
    const state = async (signing: Signing): Promise<WidgetSession['identity']> =>
      (await arrive(await sign({ sub: 'ada' }, signing))).session.identity;
    expect(await state({ secret: first.secret })).toBe('verified');
    expect(await state({ secret: second.secret })).toBe('verified');
    expect(await state({ secret: second.secret, kid: second.id })).toBe('verified');
    expect(await state({ secret: second.secret, kid: first.id })).toBe('invalid');

    const retired = await olive.call('DELETE', `/admin/identity-secrets/${first.id}`);
    expect(retired.status).toBe(204);
    expect(await state({ secret: first.secret })).toBe('invalid');
    expect(await state({ secret: first.secret, kid: first.id })).toBe('invalid');
    expect(await state({ secret: second.secret })).toBe('verified');
    const { json } = await olive.call('GET', '/admin/identity-secrets');
    expect(json.items).toEqual([{ id: second.id, created_at: expect.any(String) }]);
    expect(JSON.stringify(json)).not.toContain(second.secret);
    first = second;
  });
});

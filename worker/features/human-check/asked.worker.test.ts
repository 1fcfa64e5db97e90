import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import type { WidgetSession } from '../../../protocol/widget/widget-session.ts';
import { renewToken } from '../../auth/visitors.ts';
import { conversationObject } from '../../conversation/calls/address.ts';
import type { Env } from '../../env.ts';
import {
  claimsOf,
  freshAddress,
  KEYS,
  keepAwake,
  REQUIRED,
  stage,
  withKeys,
} from '../../test/stand-ins/human-check.ts';
import { call, SignedInAgent, Visitor } from '../../test/world.ts';
import { humanCheckOf } from './config.ts';
import { CHECK_LASTS } from './proof.ts';

/** When the human check is asked for, and of which visitors. */

const scene = stage();

describe('S10: a new visitor of an address from which too many came', () => {
  test('opens a session, and begins no conversation before they passed the check', async () => {
    const { browser, visitor } = await scene.suspect();
    const refused = await browser.start(visitor.sessionToken);
    expect(refused.status).toBe(403);
    expect(refused.json.error).toMatchObject(REQUIRED);
    const passed = await browser.check(visitor);
    expect(passed.status).toBe(200);
    const begun = await browser.start(passed.json.sessionToken);
    expect(begun.status).toBe(201);
    expect((await browser.say(passed.json.sessionToken, begun.json.conversation.id)).status).toBe(
      201,
    );
    expect(scene.turnstile.requests).toEqual([
      {
        secret: KEYS.FOYER_TURNSTILE_SECRET,
        response: expect.any(String),
        remoteip: expect.stringContaining('198.51.'),
      },
    ]);
  });

  test('is refused at no number, where without keys they are at five times the number', async () => {
    await scene.setQuotas({ address_visitors_per_hour: 1, address_refusal_factor: 2 });
    const address = freshAddress();
    for (let visitor = 0; visitor < 4; visitor += 1) await scene.at(address).arrive();
    expect((await scene.at(address, env).open()).status).toBe(429);
  });

  test('is not let off by opening a session again, and is once the hour is over', async () => {
    const { browser, visitor } = await scene.suspect();
    const again = await browser.arrive(visitor.visitorToken);
    expect(again.visitor_id).toBe(visitor.visitor_id);
    expect((await browser.start(again.sessionToken)).json.error).toMatchObject(REQUIRED);
    vi.setSystemTime(Date.now() + 3_600_001);
    const later = await browser.arrive(again.visitorToken);
    expect((await browser.start(later.sessionToken)).status).toBe(201);
  });

  test('counts as new each time that they open a session without the check', async () => {
    await scene.setQuotas({ address_visitors_per_hour: 2 });
    const browser = scene.at(freshAddress());
    await browser.arrive();
    await browser.arrive();
    const { visitorToken } = await browser.arrive();
    vi.setSystemTime(Date.now() + 3_600_001);
    // Tokens collected while suspected count no more than new visits.
    const sessions = [1, 2, 3].map(() => browser.arrive(visitorToken));
    const states = (await Promise.all(sessions)).map((item) => claimsOf(item.sessionToken));
    expect((await Promise.all(states)).map(({ suspected = false }) => suspected).sort()).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('comes as a new one with a browser that was forgotten', async () => {
    const browser = scene.at(freshAddress());
    const { sessionToken, visitorToken } = await browser.arrive();
    await browser.start(sessionToken);
    vi.setSystemTime(Date.now() + 1_000);
    await browser.ask('POST', '/customer/forget', undefined, sessionToken);
    await scene.setQuotas({ address_visitors_per_hour: 1 });
    await browser.arrive(visitorToken);
    const { sessionToken: second } = await browser.arrive(visitorToken);
    expect((await claimsOf(second)).suspected).toBe(true);
  });
});

describe('S10: conversations of an address that began too many', () => {
  test('begin with a check; without one the number is the limit', async () => {
    await scene.setQuotas({ address_conversations_per_hour: 25 });
    const address = freshAddress();
    const sessions: WidgetSession[] = [];
    for (let n = 0; n < 40; n += 1) sessions.push(await scene.at(freshAddress()).arrive());
    const codes: unknown[] = [];
    for (const { sessionToken } of sessions) {
      const { status, json } = await scene.at(address).start(sessionToken);
      codes.push(json.error?.code ?? status);
    }
    expect(codes).toEqual([...Array(26).fill(201), ...Array(14).fill('human_check_required')]);
    const [refused] = sessions.slice(-1);
    if (!refused) throw new Error('There are forty.');
    const { json } = await scene.at(address).check(refused);
    expect((await scene.at(address).start(json.sessionToken)).status).toBe(201);
    vi.setSystemTime(Date.now() + CHECK_LASTS - 1_000);
    await scene.setQuotas({});
  });
});

describe('an organization that asks everybody', () => {
  const choose = async (humanCheck: string) => {
    const olive = await SignedInAgent.signIn('olive@acme.example');
    return olive.call('PATCH', '/admin/settings', { humanCheck });
  };

  test('asks before a conversation, again after an hour, and not without keys', async () => {
    expect((await choose('always')).json.settings).toMatchObject({
      human_check: 'always',
      human_check_available: false,
    });
    const browser = scene.at(freshAddress());
    const visitor = await browser.arrive();
    expect((await browser.start(visitor.sessionToken)).json.error).toMatchObject(REQUIRED);
    const { json } = await browser.check(visitor);
    const { conversation } = (await browser.start(json.sessionToken)).json;
    vi.setSystemTime(Date.now() + CHECK_LASTS + 1);
    // What has begun goes on.
    expect((await browser.say(json.sessionToken, conversation.id)).status).toBe(201);
    await browser.ask(
      'POST',
      `/conversations/${conversation.id}/close`,
      undefined,
      json.sessionToken,
    );
    expect((await browser.start(json.sessionToken)).json.error).toMatchObject(REQUIRED);
    expect((await scene.at(freshAddress(), env).start(json.sessionToken)).status).toBe(201);
    expect((await choose('sometimes')).status).toBe(400);
    expect((await choose('suspicion')).json.settings.human_check).toBe('suspicion');
  });
});

describe('S3: messages', () => {
  /** A conversation, whose object has the check configured. */
  async function begin() {
    const browser = scene.at(freshAddress());
    const visitor = await browser.arrive();
    const { id } = (await browser.start(visitor.sessionToken)).json.conversation;
    const release = keepAwake((hold) =>
      runInDurableObject(conversationObject(env, scene.world.acme.id, id), (object) => {
        object.humanCheck = humanCheckOf(withKeys);
        return hold();
      }),
    );
    return { browser, visitor, id, release };
  }

  test('of an address that must wait are taken from whoever passes the check', async () => {
    const { browser, visitor, id, release } = await begin();
    await scene.setQuotas({ address_messages_per_minute: 3 });
    for (let message = 0; message < 4; message += 1) {
      expect((await browser.say(visitor.sessionToken, id)).status).toBe(201);
    }
    await conversationObject(env, scene.world.acme.id, id).settle();
    const refused = await browser.say(visitor.sessionToken, id);
    expect([refused.status, refused.json.error]).toEqual([403, expect.objectContaining(REQUIRED)]);
    const { json } = await browser.check(visitor);
    expect((await browser.say(json.sessionToken, id)).status).toBe(201);
    await release();
  });

  test('S10: store no more with a check than without', async () => {
    const { browser, visitor, id, release } = await begin();
    const { json } = await browser.check(visitor);
    await scene.setQuotas({ address_bytes_per_hour: 20 });
    for (let message = 0; message < 11; message += 1) await browser.say(json.sessionToken, id);
    await conversationObject(env, scene.world.acme.id, id).settle();
    const refused = await browser.say(json.sessionToken, id);
    expect([refused.status, refused.json.error.code]).toEqual([429, 'rate_limited']);
    await release();
  });

  test('of a suspected session are refused over HTTP and over its socket, with the key', async () => {
    const { browser, visitor, id, release } = await begin();
    // The same visitor, as a session from before a check has them.
    const claims = { ...(await claimsOf(visitor.sessionToken)), suspected: true };
    const suspected = await renewToken(env.FOYER_SECRET, 'session', claims);
    const refused = await browser.say(suspected, id);
    expect(refused.json.error).toMatchObject(REQUIRED);
    const file = await call(
      'POST',
      `/api/widget/conversations/${id}/files?id=${crypto.randomUUID()}&name=a.txt`,
      {
        body: 'letters',
        bindings: withKeys,
        headers: {
          authorization: `Bearer ${suspected}`,
          'content-type': 'text/plain',
          'content-length': '7',
        },
      },
    );
    expect(file.json.error).toMatchObject(REQUIRED);
    const socket = await new Visitor({ ...visitor, sessionToken: suspected }).socket(id);
    await socket.hello();
    const message = crypto.randomUUID();
    socket.say({ type: 'send', id: message, body: 'Hi' });
    expect(await socket.next('error')).toMatchObject({ id: message, ...REQUIRED });
    socket.close();
    await release();
  });
});

describe('without both keys', () => {
  test.each([
    ['none', {}, []],
    ['one', { FOYER_TURNSTILE_SITE_KEY: '0x4' }, ['human_check_incomplete']],
    ['an empty one', { ...KEYS, FOYER_TURNSTILE_SECRET: ' ' }, ['human_check_incomplete']],
  ])('%s: nobody is asked and nothing is loaded', async (_, keys, problems) => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const bindings: Env = { ...env, ...keys };
    expect((await call('GET', '/api/health', { bindings })).json.problems).toEqual(problems);
    const { browser, visitor } = await scene.suspect(bindings);
    expect((await browser.check(visitor)).status).toBe(404);
    expect((await browser.start(visitor.sessionToken)).status).toBe(201);
    expect(scene.turnstile.requests).toEqual([]);
  });
});

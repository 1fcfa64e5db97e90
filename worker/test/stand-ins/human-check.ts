import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import type { WidgetSession } from '../../../protocol/widget/widget-session.ts';
import { readSessionToken } from '../../auth/visitors.ts';
import type { Env } from '../../env.ts';
import { Addresses } from '../../features/quotas/addresses.ts';
import { DEFAULT_QUOTAS, type Quotas } from '../../features/quotas/quotas.ts';
import { organizationObject } from '../../organization/address.ts';
import { call, settleWorld } from '../world.ts';
import { Siteverify, type Solved } from './siteverify.ts';

/** An installation with a human check, and browsers that are suspected or not. */

const SECRET = '0x4AAAAAAA-the-secret-of-the-tests';
export const KEYS = {
  FOYER_TURNSTILE_SITE_KEY: '0x4AAAAAAA-site',
  FOYER_TURNSTILE_SECRET: SECRET,
};
export const withKeys: Env = { ...env, ...KEYS };

/** What whoever is asked is told: all that a browser needs to show the check. */
export const REQUIRED = { code: 'human_check_required', site_key: KEYS.FOYER_TURNSTILE_SITE_KEY };

/** Each test has addresses of its own: isolates remember what began from one. */
let last = 0;

export function freshAddress(): string {
  last += 1;
  return `198.51.${Math.floor(last / 250)}.${1 + (last % 250)}`;
}

export const claimsOf = (token: string) => readSessionToken(env.FOYER_SECRET, token);

/** Keeps an object in memory, and with it what it counts; answers what lets it go. */
export function keepAwake(run: (hold: () => Promise<void>) => Promise<void>): () => Promise<void> {
  let awake = true;
  const isolated = run(async () => {
    while (awake) await scheduler.wait(20);
  });
  return () => {
    awake = false;
    return isolated;
  };
}

/** Sets up a world for each file, and for each test Turnstile and the organization's counts. */
export function stage() {
  let world: Awaited<ReturnType<typeof settleWorld>>;
  let turnstile: Siteverify;
  let respond: (request: Request) => Promise<Response>;
  let release: () => Promise<void>;

  beforeAll(async () => {
    world = await settleWorld();
  });

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    turnstile = new Siteverify(SECRET);
    respond = async (request) => {
      const { status, json } = turnstile.answer(await request.json());
      return Response.json(json, { status });
    };
    vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) =>
      respond(new Request(input, init)),
    );
    release = keepAwake((hold) => runInDurableObject(organizationObject(env, world.acme.id), hold));
    await setQuotas({});
  });

  afterEach(async () => {
    vi.restoreAllMocks();
    vi.useRealTimers();
    await release();
  });

  /** Resets the organization's counts, under the defaults except for these. */
  async function setQuotas(change: Partial<Quotas>): Promise<void> {
    await runInDurableObject(organizationObject(env, world.acme.id), (inbox) => {
      inbox.addresses = new Addresses({ ...DEFAULT_QUOTAS, ...change });
    });
  }

  /** A browser at an address, on an installation with both keys. */
  function at(address: string, bindings: Env = withKeys) {
    const ask = (method: string, path: string, body?: unknown, token?: string) =>
      call(method, `/api/widget${path}`, {
        body,
        bindings,
        headers: {
          'cf-connecting-ip': address,
          ...(token && { authorization: `Bearer ${token}` }),
        },
      });
    const open = (visitorToken?: string) =>
      ask('POST', '/sessions', { key: 'wk_acme', visitorToken });
    return {
      ask,
      open,
      async arrive(visitorToken?: string): Promise<WidgetSession> {
        const { status, json } = await open(visitorToken);
        expect(status).toBe(201);
        return json;
      },
      start: (token: string) =>
        ask('POST', '/conversations', { departmentId: world.acme.billing }, token),
      say: (token: string, id: string) =>
        ask(
          'POST',
          `/conversations/${id}/messages`,
          { id: crypto.randomUUID(), body: 'Hi' },
          token,
        ),
      /** Solves a challenge as the widget does, unless it says otherwise. */
      check(session: WidgetSession, solved: Partial<Solved> = {}) {
        const { sessionToken, visitorToken, visitor_id: cdata } = session;
        const made = { hostname: 'chat.example', action: 'foyer', cdata, ...solved };
        const token = turnstile.issue(made);
        return ask('POST', '/human-check', { token, visitorToken }, sessionToken);
      },
    };
  }

  return {
    at,
    setQuotas,
    /** A browser that is suspected: too many have come from its address. */
    async suspect(bindings: Env = withKeys) {
      await setQuotas({ address_visitors_per_hour: 1 });
      const browser = at(freshAddress(), bindings);
      await browser.arrive();
      const visitor = await browser.arrive();
      expect((await claimsOf(visitor.sessionToken)).suspected).toBe(true);
      return { browser, visitor };
    },
    get world() {
      return world;
    },
    get turnstile() {
      return turnstile;
    },
    /** Has siteverify answer otherwise; answers what undoes it. */
    replaceSiteverify(answer: (request: Request) => Promise<Response>): () => void {
      const before = respond;
      respond = answer;
      return () => {
        respond = before;
      };
    },
  };
}

import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { hearMails } from '../../test/stand-ins/mails.ts';
import { SignedInAgent, settleWorld } from '../../test/world.ts';
import { app } from '../app.ts';

/** S12: what a mailed link begins with is configured, and nothing that a request says. */

let olive: SignedInAgent;

beforeAll(async () => {
  await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
});

beforeEach(async () => {
  await openDatabase(env).delete(tables.rateLimits);
});

async function ask(bindings: Env, host: string, path: string, body?: object) {
  const pending: Promise<unknown>[] = [];
  const response = await app.fetch(
    new Request(`https://${host}/api${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        'content-type': 'application/json',
        'cf-connecting-ip': '192.0.2.9',
        ...olive.headers,
        origin: `https://${host}`,
      },
      ...(body && { body: JSON.stringify(body) }),
    }),
    bindings,
    {
      waitUntil: (work: Promise<unknown>) => pending.push(work),
      passThroughOnException: () => {},
      props: {},
    },
  );
  const json = JSON.parse((await response.text()) || 'null');
  await Promise.all(pending);
  return { status: response.status, json };
}

describe('S12: a link', () => {
  test('is the configured one, whatever host is asked', async () => {
    const { bindings, mails } = hearMails();
    const { status } = await ask(bindings, 'evil.example', '/password/forgot', {
      email: 'amos@acme.example',
    });
    expect(status).toBe(202);
    expect(JSON.stringify(mails)).toContain('https://chat.example/admin/new-password#');
    expect(JSON.stringify(mails)).not.toContain('evil.example');
  });

  test('is not mailed where Foyer does not know its address, and health says so', async () => {
    for (const [url, problem] of [
      ['', 'public_url_missing'],
      ['http://chat.example', 'public_url_invalid'],
    ] as const) {
      const { bindings: whole, mails } = hearMails();
      const bindings = { ...whole, FOYER_PUBLIC_URL: url };
      const host = 'chat.example';
      const forgot = await ask(bindings, host, '/password/forgot', { email: 'amos@acme.example' });
      expect([forgot.status, forgot.json.error.code]).toEqual([503, 'unavailable']);
      const email = `${crypto.randomUUID()}@acme.example`;
      const { json } = await ask(bindings, host, '/admin/invitations', { email, role: 'agent' });
      expect(json.sent).toBe(false);
      // Whoever is signed in reads it on our own page, and it leads there.
      expect(json.invitation.link).toMatch(/^\/admin\/join#/);
      expect((await ask(bindings, host, '/admin/team')).json.sends_mail).toBe(false);
      expect((await ask(bindings, host, '/health')).json.problems).toEqual([problem]);
      expect(mails).toEqual([]);
    }
    expect((await ask(env, 'evil.example', '/health')).json.problems).toEqual([]);
  });
});

test('S12: the dashboard’s requests come from the configured address alone', async () => {
  const body = { name: crypto.randomUUID(), query: {} };
  const refused = await ask(env, 'evil.example', '/admin/views', body);
  expect([refused.status, refused.json.error.code]).toEqual([403, 'origin_not_allowed']);
  expect((await ask(env, 'chat.example', '/admin/views', body)).status).toBe(201);
});

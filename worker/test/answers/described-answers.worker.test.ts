import { exports } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { call, ORIGIN, SignedInAgent, settleWorld, Visitor } from '../world.ts';
import { mustBeAsDescribed } from './described-answers.ts';

/** O7: answers and refusals are what /api/openapi.json says of their route and status. */

let people: Record<string, string>[];

beforeAll(async () => {
  const { acme } = await settleWorld();
  const ada = await Visitor.arrive();
  await ada.pick(acme.billing);
  const olive = await SignedInAgent.signIn('olive@acme.example');
  const amos = await SignedInAgent.signIn('amos@acme.example');
  const visitor = { authorization: `Bearer ${ada.session.sessionToken}` };
  people = [{}, visitor, amos.headers, olive.headers];
});

const description = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

test('O7: every path answers everybody as it is described, refusals included', async () => {
  const { json } = await call('GET', '/api/openapi.json');
  const statuses = new Set<number>();
  for (const [template, operations] of Object.entries(description.parse(json).paths)) {
    const path = `/api${template.replace(/\{\w+\}/g, () => crypto.randomUUID())}`;
    for (const name of Object.keys(operations)) {
      // An empty object: what changes something is refused, where it needs more than that.
      const method = name.toUpperCase();
      if (method === 'DELETE' || path.endsWith('/sign-out')) continue;
      for (const person of people) {
        const response = await exports.default.fetch(`${ORIGIN}${path}`, {
          method,
          headers: {
            'cf-connecting-ip': '192.0.2.7',
            'content-type': 'application/json',
            ...person,
          },
          ...(method !== 'GET' && { body: '{}' }),
        });
        await mustBeAsDescribed(method, path, response, await response.text());
        statuses.add(response.status);
      }
    }
  }
  expect([...statuses].sort()).toEqual(expect.arrayContaining([200, 400, 401, 403, 404]));
});

import { beforeAll, expect, test } from 'vitest';
import { call, settleWorld } from '../../../test/world.ts';

beforeAll(settleWorld);

const password = 'a long enough password';
const token = `${crypto.randomUUID()}.4102444800000.guess`;

/** Every secret that somebody may guess at who is not signed in, with a wrong guess at it. */
const guesses: [string, string, string, object | undefined][] = [
  [
    'the setup code',
    'POST',
    '/api/setup',
    {
      code: 'guess',
      organization: { name: 'Eve', slug: 'eve' },
      owner: { name: 'Eve', email: 'eve@evil.example', password },
    },
  ],
  ['an invitation, looked at', 'POST', '/api/invitations/look', { token }],
  ['an invitation, accepted', 'POST', '/api/invitations/accept', { token, password }],
  ['a link to a new password', 'POST', '/api/password/reset', { token, password }],
  ['a link that confirms an address', 'POST', '/api/address/confirm', { token }],
  ['a link to a file', 'GET', '/files/a.guessed.link', undefined],
];

/** More than two of the limit's windows take together. */
const TRIES = 45;

test.each(guesses)(
  'S16: guesses at %s are limited by address',
  async (name, method, path, body) => {
    const guess = async (address: string) => {
      const headers = { 'cf-connecting-ip': address };
      return (await call(method, path, { headers, ...(body && { body }) })).status;
    };
    const address = `192.88.99.${guesses.findIndex(([other]) => other === name) + 1}`;
    const statuses: number[] = [];
    for (let tried = 0; tried < TRIES; tried += 1) statuses.push(await guess(address));
    const [first] = statuses;
    expect([403, 404]).toContain(first);
    expect(statuses.slice(0, 20).every((status) => status === first)).toBe(true);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(5);
    expect(await guess('192.88.99.77')).toBe(first);
  },
);

import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import { signLink } from '../../../auth/signed.ts';
import { openDatabase } from '../../../database/database.ts';
import { hearMails } from '../../../test/stand-ins/mails.ts';
import { call, SignedInAgent, settleWorld } from '../../../test/world.ts';
import { findPerson } from '../people-store.ts';

/** S6: common passwords and personal data are refused wherever a password is set. */

let amos: SignedInAgent;

beforeAll(async () => {
  await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
});

type Place = {
  /** The password that is the person's own data. */
  own: string;
  field: string;
  set(password: string): Promise<Awaited<ReturnType<typeof call>>>;
};

const places: Record<string, () => Promise<Place>> = {
  'the set-up': async () => ({
    own: 'eve-of-gardens',
    field: 'owner.password',
    set: (password) =>
      call('POST', '/api/setup', {
        body: {
          code: 'setup-code-of-the-tests',
          organization: { name: 'Gardens of', slug: 'gardens' },
          owner: { name: 'Eve', email: 'eve@gardens.example', password },
        },
      }),
  }),
  'an invitation': async () => {
    const olive = await SignedInAgent.signIn('olive@acme.example');
    const { json } = await olive.call('POST', '/admin/invitations', {
      email: 'nina@acme.example',
      role: 'agent',
    });
    const token = await signLink(env.FOYER_SECRET, 'invitation', [json.invitation.id]);
    return {
      own: 'Nina@Acme2027',
      field: 'password',
      set: (password) =>
        call('POST', '/api/invitations/accept', { body: { token, name: 'Nina', password } }),
    };
  },
  'a link to a new password': async () => {
    const { bindings, mails } = hearMails();
    await call('POST', '/api/password/forgot', { body: { email: 'amos@acme.example' }, bindings });
    const token = /new-password#(\S+)/.exec(mails[0]?.text ?? '')?.[1] ?? '';
    return {
      own: 'acme.amos.acme',
      field: 'password',
      set: (password) => call('POST', '/api/password/reset', { body: { token, password } }),
    };
  },
  'a change': async () => ({
    own: 'amos@acme.example',
    field: 'next',
    set: (next) =>
      amos.call('POST', '/admin/me/password', { current: 'correct horse battery', next }),
  }),
};

describe.each(Object.entries(places))('S6: in %s', (_, open) => {
  test('a common password and the person’s own data are refused, with the reason', async () => {
    const { own, field, set } = await open();
    for (const [password, reason] of [
      ['password', /most common/],
      ['12345678', /most common/],
      [own, /too close to your name/],
    ] as const) {
      const { status, json } = await set(password);
      expect({ status, code: json.error.code }).toEqual({ status: 400, code: 'validation_failed' });
      expect(json.error.fields).toEqual({ [field]: expect.stringMatching(reason) });
    }
  });
});

test('S6: a refused password changes nothing, and a good one is taken after it', async () => {
  const before = await findPerson(openDatabase(env), { email: 'amos@acme.example' });
  const place = await places['a link to a new password']?.();
  expect((await place?.set('password'))?.status).toBe(400);
  const after = await findPerson(openDatabase(env), { email: 'amos@acme.example' });
  expect(after?.password).toBe(before?.password);
  expect((await place?.set('nine boats in a row'))?.status).toBe(204);
});

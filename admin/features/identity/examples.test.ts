import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { verifyIdentity } from '../../../worker/auth/identity.ts';
import { EXAMPLES, PAGE_EXAMPLE } from './examples.ts';

const guide = readFileSync(join(import.meta.dirname, '../../../docs/embed.md'), 'utf8');
const KID = 'the id of your secret';

test('the guide shows the examples that the dashboard shows', () => {
  for (const { code } of EXAMPLES) expect(guide).toContain(code(KID).trim());
  expect(guide).toContain(PAGE_EXAMPLE);
});

test('a token signed by the Node example is accepted, and a changed one is not', async () => {
  const kid = '01a21358-412b-75f1-bc0f-c286ae6a29f6';
  const secret = 'a secret';
  process.env.FOYER_IDENTITY_SECRET = secret;
  const code = EXAMPLES.find(({ language }) => language === 'Node')?.code(kid) ?? '';
  const address = `data:text/javascript,${encodeURIComponent(code)}`;
  const module: unknown = await import(/* @vite-ignore */ address);
  const { foyerToken } = z.object({ foyerToken: z.function({ output: z.string() }) }).parse(module);
  const user = { id: 17, name: 'Zoë Ødegård', email: 'zoe@shop.example' };
  const token: string = Reflect.apply(foyerToken, undefined, [user]);

  expect(await verifyIdentity(token, [{ id: kid, secret }])).toEqual({
    state: 'verified',
    identity: { external_id: '17', full_name: 'Zoë Ødegård', email: 'zoe@shop.example' },
  });
  expect(await verifyIdentity(token, [{ id: kid, secret: 'another' }])).toEqual({
    state: 'invalid',
  });
});

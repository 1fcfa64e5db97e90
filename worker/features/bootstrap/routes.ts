import { hashPassword } from 'better-auth/crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { organizationRows } from '../../../drizzle/organization.ts';
import { passkeyCreation } from '../../../protocol/resources/team.ts';
import { slugOf } from '../../../protocol/text/slug.ts';
import { signInProven } from '../../auth/agent-auth.ts';
import type { AgentAuthDeps } from '../../auth/agents.ts';
import { authDeps } from '../../auth/deps.ts';
import type { Database } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { databaseOf } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { limitGuesses } from '../../http/guards.ts';
import { accountEmail, personName, slugField } from '../../http/input/fields.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { isSame } from '../../kernel/is-same.ts';
import { knownBrowserCookie } from '../accounts/guesses/known-browser.ts';
import { checkPassword, newPassword } from '../accounts/passwords/new-password.ts';
import { newCredential } from '../passkeys/bodies.ts';
import { newAccountCreation } from '../passkeys/creation.ts';
import { registeredCredential } from '../passkeys/register.ts';
import { passkeyRow } from '../passkeys/store.ts';
import type { NewCredential } from '../passkeys/webauthn.ts';
import { insertFirst, isSetUp } from './store.ts';

const bootstrapRequest = z.object({
  code: z.string(),
  organization: z.object({
    name: personName,
    /** Left out: made from the name. */
    slug: slugField.optional(),
  }),
  owner: z.object({
    name: personName,
    email: accountEmail,
    password: newPassword.optional(),
    /** In place of a password: a passkey that was made for `POST /passkey`'s challenge. */
    passkey: newCredential.extend({ userId: z.uuid(), name: personName }).optional(),
  }),
});

type BootstrapRequest = z.infer<typeof bootstrapRequest>;

const bootstrapAnswer = z.object({
  organization: z.object({ id: z.string(), name: z.string(), slug: z.string() }),
  /** What the embed names. */
  public_key: z.string(),
});

/**
 * `GET /`: whether that can still be done. `POST /`: makes the first organization with its owner, its widget's settings and a first
 * department. 404 while FOYER_SETUP_CODE is not set, 403 for another code, 409 once there is an
 * organization.
 */
export const bootstrap = new Hono<{ Bindings: Env }>()
  .get(
    '/',
    described('Whether the first organization can be created now: there is a code, and none yet.', {
      200: z.object({ open: z.boolean() }),
    }),
    async (context) => {
      const open = Boolean(context.env.FOYER_SETUP_CODE) && !(await isSetUp(databaseOf(context)));
      return context.json({ open }, 200);
    },
  )
  .use(async (context, next) => {
    if (!context.env.FOYER_SETUP_CODE) throw new FoyerError('not_found');
    await limitGuesses(context, 'setup');
    await next();
  })
  .post(
    '/passkey',
    described('What a browser needs to create the first owner’s passkey.', {
      200: passkeyCreation,
    }),
    validated('json', z.object({ code: z.string() })),
    async (context) => {
      await checkCode(context.env, context.req.valid('json').code);
      // The page knows what its person typed.
      return context.json(await newAccountCreation(context, { name: '', email: '' }), 200);
    },
  )
  .post(
    '/',
    described(
      'Creates the first organization and its owner, once, with a password or a passkey. With a passkey the owner is signed in.',
      { 201: bootstrapAnswer },
    ),
    validated('json', bootstrapRequest),
    async (context) => {
      const { code, ...wanted } = context.req.valid('json');
      await checkCode(context.env, code);
      const deps = authDeps(context);
      const way = await wayIn(deps, wanted);
      const made = await setUp(deps.database, wanted, way);
      if ('credential' in way) {
        const { cookies } = await signInProven(deps, context.req.raw, way.userId, 'setup');
        for (const cookie of [...cookies, await knownBrowserCookie(deps, way.userId)]) {
          context.header('set-cookie', cookie, { append: true });
        }
      }
      return context.json(made, 201);
    },
  );

/** How the owner will sign in. */
type WayIn = { passwordHash: string } | { userId: string; name: string; credential: NewCredential };

/** @throws FoyerError validation_failed for a bad password, for a bad passkey, and for none or both */
async function wayIn(
  deps: AgentAuthDeps,
  { organization, owner }: Omit<BootstrapRequest, 'code'>,
): Promise<WayIn> {
  const { name, email, password, passkey } = owner;
  if (passkey !== undefined && password === undefined) {
    const { userId, name: called, ...sent } = passkey;
    return { userId, name: called, credential: await registeredCredential(deps, userId, sent) };
  }
  if (passkey !== undefined || password === undefined) {
    throw new FoyerError('validation_failed', {
      fields: { 'owner.password': 'Choose a password or a passkey.' },
    });
  }
  const organizations = [organization.name, slugFor(organization)];
  checkPassword(password, { name, email, organizations }, 'owner.password');
  return { passwordHash: await hashPassword(password) };
}

async function checkCode({ FOYER_SETUP_CODE: expected }: Env, code: string): Promise<void> {
  if (expected && (await isSame(code, expected))) return;
  throw new FoyerError('forbidden', { message: 'The setup code is wrong.' });
}

async function setUp(
  database: Database,
  { organization, owner }: Omit<BootstrapRequest, 'code'>,
  way: WayIn,
): Promise<z.infer<typeof bootstrapAnswer>> {
  if (await isSetUp(database)) throw alreadySetUp();
  const { name: called, email } = owner;
  const person = { name: called, email, role: 'owner' as const };
  const hasPasskey = 'credential' in way;
  const rows = organizationRows({
    name: organization.name,
    slug: slugFor(organization),
    publicKey: randomKey(),
    departments: [{ name: 'Support' }],
    people: [
      hasPasskey
        ? { ...person, id: way.userId, passwordHash: null }
        : { ...person, passwordHash: way.passwordHash },
    ],
  });
  const passkey = hasPasskey ? passkeyRow(way.userId, way.name, way.credential) : null;
  if (!(await insertFirst(database, rows, passkey))) throw alreadySetUp();
  const { id, name, slug } = rows.organization;
  return { organization: { id, name, slug }, public_key: rows.widgetSettings.public_key };
}

/** The short name: the wanted one, else of the name, else a word that fits any. */
const slugFor = ({ name, slug }: BootstrapRequest['organization']) =>
  slug ?? (slugOf(name) || 'organization');

function alreadySetUp(): FoyerError {
  return new FoyerError('conflict', { message: 'Foyer is already set up. Sign in instead.' });
}

/** `wk_` and 96 random bits in base64url. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  const base64 = btoa(String.fromCharCode(...bytes));
  return `wk_${base64.replaceAll('+', '-').replaceAll('/', '_')}`;
}

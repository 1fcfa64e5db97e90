import { hashPassword } from 'better-auth/crypto';
import { sql } from 'drizzle-orm';
import { Hono } from 'hono';
import { z } from 'zod';
import { insertBelongings, organizationRows } from '../../drizzle/organization.ts';
import { databaseOf } from '../context.ts';
import { described } from '../describe.ts';
import type { Env } from '../env.ts';
import { FoyerError } from '../errors.ts';
import { checkPassword, newPassword } from '../features/accounts/new-password.ts';
import { accountEmail, personName } from '../fields.ts';
import { limitGuesses } from '../guards.ts';
import { isSame } from '../kernel/is-same.ts';
import { organizations, tables } from '../store/configured.ts';
import { type Database, writeAll } from '../store/database.ts';
import { validated } from '../validated.ts';

const MAX_SLUG_LENGTH = 60;

const setupRequest = z.object({
  code: z.string(),
  organization: z.object({
    name: personName,
    slug: z
      .string()
      .max(MAX_SLUG_LENGTH)
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Small letters, digits and single hyphens.'),
  }),
  owner: z.object({
    name: personName,
    email: accountEmail,
    password: newPassword,
  }),
});

type SetupRequest = z.infer<typeof setupRequest>;

const setupAnswer = z.object({
  organization: z.object({ id: z.string(), name: z.string(), slug: z.string() }),
  /** What the embed names. */
  public_key: z.string(),
});

/**
 * `POST /`: makes the first organization with its owner, its widget's settings and a first
 * department. 404 while FOYER_SETUP_CODE is not set, 403 for another code, 409 once there is an
 * organization.
 */
export const setup = new Hono<{ Bindings: Env }>().post(
  '/',
  described('Makes the first organization and its owner, once.', { 201: setupAnswer }),
  async (context, next) => {
    if (!context.env.FOYER_SETUP_CODE) throw new FoyerError('not_found');
    await limitGuesses(context, 'setup');
    await next();
  },
  validated('json', setupRequest),
  async (context) => {
    const { code, ...wanted } = context.req.valid('json');
    const expected = context.env.FOYER_SETUP_CODE;
    if (!expected || !(await isSame(code, expected))) {
      throw new FoyerError('forbidden', { message: 'The setup code is not right.' });
    }
    const { organization, owner } = wanted;
    const { name, email, password } = owner;
    checkPassword(
      password,
      { name, email, organizations: [organization.name, organization.slug] },
      'owner.password',
    );
    return context.json(await setUp(databaseOf(context), wanted), 201);
  },
);

async function setUp(
  database: Database,
  { organization, owner }: Omit<SetupRequest, 'code'>,
): Promise<z.infer<typeof setupAnswer>> {
  if (await isSetUp(database)) throw alreadySetUp();
  const rows = organizationRows({
    ...organization,
    publicKey: randomKey(),
    departments: [{ name: 'Support' }],
    people: [{ ...owner, role: 'owner', passwordHash: await hashPassword(owner.password) }],
  });
  const { id, name, slug, createdAt } = rows.organization;
  try {
    await writeAll(
      database,
      [
        // Of two at once the second writes no organization, and with it nothing: what belongs to an
        // organization cannot be written without one.
        database.insert(organizations).select(
          sql`SELECT ${sql.param(id, organizations.id)}, ${name}, ${slug}, NULL, NULL,
              ${sql.param(createdAt, organizations.createdAt)}, FALSE
              WHERE NOT EXISTS (SELECT 1 FROM ${organizations})`,
        ),
        ...insertBelongings(database, rows, tables),
      ],
      { alone: true },
    );
  } catch (error) {
    if (await isSetUp(database)) throw alreadySetUp();
    throw error;
  }
  return { organization: { id, name, slug }, public_key: rows.widgetSettings.public_key };
}

async function isSetUp(database: Database): Promise<boolean> {
  const found = await database.select({ id: organizations.id }).from(organizations).limit(1);
  return found.length > 0;
}

function alreadySetUp(): FoyerError {
  return new FoyerError('conflict', { message: 'Foyer has been set up already. Sign in instead.' });
}

/** `wk_` and 96 random bits in base64url. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  const base64 = btoa(String.fromCharCode(...bytes));
  return `wk_${base64.replaceAll('+', '-').replaceAll('/', '_')}`;
}

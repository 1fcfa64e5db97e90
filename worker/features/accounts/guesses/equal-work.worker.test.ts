import { env } from 'cloudflare:workers';
import { verifyPassword } from 'better-auth/crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { databaseKind, tables } from '../../../database/configured.ts';
import { openDatabase } from '../../../database/database.ts';
import type { Env } from '../../../env.ts';
import { Statements } from '../../../test/costs/statements.ts';
import { hearMails } from '../../../test/stand-ins/mails.ts';
import { call, ORIGIN, settleWorld } from '../../../test/world.ts';
import { provePassword } from '../sign-in.ts';

/** S17: what is done for an address does not tell whether it has an account. Counted, not timed. */

const KNOWN = 'olive@acme.example';
const UNKNOWN = 'nobody@acme.example';
const db = openDatabase(env);
const access = { database: db, secret: env.FOYER_SECRET, origin: ORIGIN };

beforeAll(settleWorld);

beforeEach(async () => {
  await db.delete(tables.rateLimits);
});

/** Every statement that the request leads to, on either database. */
async function statementsOf(request: (bindings: Env) => Promise<unknown>): Promise<string[]> {
  if (databaseKind === 'postgres') {
    const statements = new Statements();
    await request(env);
    statements.stop();
    return statements.take().map(({ sql }) => sql);
  }
  const statementTexts: string[] = [];
  const { DB } = env;
  const database = new Proxy(DB, {
    get(target, property) {
      if (property === 'prepare') {
        return (sql: string) => {
          statementTexts.push(sql);
          return target.prepare(sql);
        };
      }
      const value: unknown = Reflect.get(target, property);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  await request({ ...env, DB: database });
  return statementTexts;
}

describe('S17: an unknown address and a known one', () => {
  test('take the same statements to sign in with a wrong password', async () => {
    const signIn = (email: string) =>
      statementsOf((bindings) =>
        call('POST', '/api/auth/sign-in/email', {
          body: { email, password: 'a guess' },
          headers: { origin: ORIGIN },
          bindings,
        }),
      );
    const existing = await signIn(KNOWN);
    expect(existing.length).toBeGreaterThanOrEqual(3);
    await db.delete(tables.rateLimits);
    expect(await signIn(UNKNOWN)).toEqual(existing);
  });

  test('take one hash each', async () => {
    for (const email of [KNOWN, UNKNOWN]) {
      let hashes = 0;
      const request = new Request(ORIGIN);
      const proven = await provePassword(
        access,
        request,
        { email, password: 'a guess' },
        (headerValue) => {
          hashes += 1;
          return verifyPassword(headerValue);
        },
      );
      expect({ email, hashes, proven }).toEqual({ email, hashes: 1, proven: null });
    }
  });

  test('take the same statements and one answer to ask for a new password', async () => {
    const forgot = async (email: string) => {
      const { bindings: heard, mails } = hearMails();
      const answers: unknown[] = [];
      const statements = await statementsOf(async (bindings) => {
        const { status, json } = await call('POST', '/api/password/forgot', {
          body: { email },
          bindings: { ...bindings, ...(heard.EMAIL && { EMAIL: heard.EMAIL }) },
        });
        answers.push(status, json);
      });
      return { statements, answers, mails: mails.length };
    };
    const existing = await forgot(KNOWN);
    expect(existing.mails).toBe(1);
    // The account, and the count of its mails: what was taken, and one more.
    expect(existing.statements).toHaveLength(3);
    expect(await forgot(UNKNOWN)).toEqual({ ...existing, mails: 0 });
  });
});

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { log, logged, note, toLine } from './log.ts';
import { describeError, nameQuery } from './log-error.ts';
import { SHAPES } from './log-fields.ts';

/** S4: a log line says which, where and whose, and holds nothing that a person wrote or is. */

const MARK = 'Tom Marker <tom@marked.example>';
const id = '01900000-0000-7000-8000-000000000001';

let lines: string[];

beforeEach(() => {
  lines = [];
  for (const method of ['error', 'warn', 'log'] as const) {
    vi.spyOn(console, method).mockImplementation((line) => void lines.push(line));
  }
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe('S4: a line', () => {
  test('has its fields, those of its request, and those of its logger', async () => {
    await logged(
      { request: id, route: 'POST /api/widget/conversations/:id/messages' },
      async () => {
        note({ organization: id });
        await Promise.resolve();
        log.with({ conversation: id }).error('projection_failed', { outcome: 'retried', seq: 4 });
      },
    );
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      at: expect.any(String),
      level: 'error',
      event: 'projection_failed',
      organization: id,
      conversation: id,
      request: id,
      route: 'POST /api/widget/conversations/:id/messages',
      seq: 4,
      outcome: 'retried',
    });
  });

  test('takes no text in any of its fields', () => {
    const texts = [
      MARK,
      'tom@marked.example',
      '192.0.2.77',
      'https://marked.example/a?b=c',
      'st_eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ2In0.c2ln',
      '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      '+49 30 901820',
      'My password is hunter2',
      'a\nb',
    ];
    // The names of classes, which describeError alone fills in.
    const words = ['error', 'cause'];
    for (const key of Object.keys(SHAPES)) {
      for (const text of texts) {
        if (words.includes(key) && /^\w+$/.test(text)) continue;
        const line = toLine('info', 'job_done', new Date(0), { [key]: text });
        expect(line).not.toContain(text);
        expect(JSON.parse(line)[key]).toBe('unfit');
      }
    }
  });

  test('leaves out what is not listed, and objects where a value belongs', () => {
    const line = toLine('info', MARK, new Date(0), { body: MARK, status: { MARK }, user: [MARK] });
    expect(line).not.toContain('marked');
    expect(JSON.parse(line)).toMatchObject({ event: 'unfit', status: 'unfit', user: 'unfit' });
  });
});

describe('S4: an error', () => {
  const saysNothing = (error: unknown) => {
    const line = toLine('error', 'request_failed', new Date(0), describeError(error));
    expect(line).not.toMatch(/marked|Marker|hunter2/);
    return JSON.parse(line);
  };

  test('of D1 is told by its code, query and place', () => {
    const cause = new Error(
      `D1_ERROR: UNIQUE constraint failed: users.email (${MARK}): SQLITE_CONSTRAINT`,
    );
    const error = Object.assign(
      new Error(`Failed query: insert into "users" values (?)\nparams: ${MARK}`, { cause }),
      { query: 'insert into "users" ("email") values (?)', params: [MARK] },
    );
    expect(saysNothing(error)).toMatchObject({
      code: 'SQLITE_CONSTRAINT_UNIQUE',
      query: 'insert users',
      where: expect.stringMatching(/log\.test\.ts:\d+/),
    });
  });

  test('of Postgres is told by its SQLSTATE and the constraint’s name', () => {
    class DatabaseError extends Error {}
    const error = Object.assign(new DatabaseError(`invalid input syntax: "${MARK}"`), {
      severity: 'ERROR',
      code: '22P02',
      detail: `Key (email)=(${MARK}) already exists.`,
      constraint: 'users_email_unique',
      where: MARK,
    });
    expect(saysNothing(error)).toMatchObject({
      error: 'DatabaseError',
      code: '22P02',
      constraint: 'users_email_unique',
    });
  });

  test('whose message looks like a stack adds nothing', () => {
    const error = new Error(`x\n    at marked (tom@marked.example:1:1)\n    at hunter2 (x.ts:1:1)`);
    expect(saysNothing(error).where).toMatch(/^\S+ log\.test\.ts:\d+/);
    error.message = 'another';
    expect(saysNothing(error)).not.toHaveProperty('where');
  });

  test.each([[MARK], [null], [undefined], [{ message: MARK }], [Object.create(null)]])(
    'that is none is said to be none: %s',
    (thrown) => expect(saysNothing(thrown)).toMatchObject({ error: 'NotAnError' }),
  );

  test('with its own name, code and cause keeps them to itself', () => {
    const error = Object.assign(new TypeError(MARK, { cause: MARK }), { name: MARK, code: MARK });
    expect(saysNothing(error)).toMatchObject({ error: 'TypeError' });
  });
});

test('a query is named by its verb and table', () => {
  expect(nameQuery('select "a"."b", count(*) from "conversations" where x = ?')).toBe(
    'select conversations',
  );
  expect(nameQuery('update "conversations" set a = ?;\ndelete from "conversation_labels"')).toBe(
    'update conversations, delete conversation_labels',
  );
  expect(nameQuery('with x as (select 1 from "labels") select 2')).toBe('with labels');
  expect(nameQuery('PRAGMA marked')).toBe('other unknown');
});

test('S4: nothing in the Worker logs but the logger', () => {
  const root = join(import.meta.dirname, '../..');
  const calling = globSync('**/*.ts', { cwd: root })
    .filter((file) => !/\.test\.ts$|^test\//.test(file))
    .filter((file) => /\bconsole\b/.test(readFileSync(join(root, file), 'utf8')));
  expect(calling).toEqual(['kernel/log/log.ts']);
});

test('a query is named alike whichever marks its names have', () => {
  expect(nameQuery('select `a`.`b` from `conversations`')).toBe('select conversations');
  expect(nameQuery('insert into `labels` (`id`) values (?)')).toBe('insert labels');
});

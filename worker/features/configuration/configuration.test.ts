import { describe, expect, it } from 'vitest';
import type { Env } from '../../env.ts';
import { PROBLEMS } from '../../kernel/problems.ts';
import { findProblems, unknownSettings } from './configuration.ts';

/** O3: what is said of a configuration. */

const there = {};

const complete = {
  DB: there,
  FILES: there,
  EMAIL: there,
  ASSETS: there,
  CONVERSATIONS: there,
  INBOXES: there,
  JOBS: there,
  ADDRESS_LIMIT: there,
  VISITOR_LIMIT: there,
  ATTEMPT_LIMIT: there,
  MAIL_LIMIT: there,
  FOYER_SECRET: 'kq1Zl0pX8v0nJYtV5w2cR7dG4sB9hM6e',
  FOYER_EMAIL_FROM: 'chat@example.com',
  FOYER_PUBLIC_URL: 'https://chat.example.com',
};

const problems = (changed: object, isLocal = false) =>
  findProblems({ ...complete, ...changed } as unknown as Env, isLocal);

describe('O3: a configuration that is complete', () => {
  it('has no problem', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ FOYER_QUOTAS: 'off', FOYER_SETUP_CODE: '0123456789abcdef' })).toEqual([]);
    expect(problems({ FOYER_QUOTAS: '', FOYER_SETUP_CODE: '' })).toEqual([]);
    expect(problems({ DB: undefined, HYPERDRIVE: there })).toEqual([]);
    const keys = { FOYER_TURNSTILE_SITE_KEY: '0x4AAA', FOYER_TURNSTILE_SECRET: '0x4AAA-secret' };
    expect(problems(keys)).toEqual([]);
    expect(problems({ FOYER_TURNSTILE_SITE_KEY: '', FOYER_TURNSTILE_SECRET: '' })).toEqual([]);
  });

  it('needs no address of its own where it is asked on this machine', () => {
    expect(problems({ FOYER_PUBLIC_URL: '' }, true)).toEqual([]);
  });
});

describe('O3: each problem is found', () => {
  it.each([
    [{ FOYER_SECRET: undefined }, ['secret_missing']],
    [{ FOYER_SECRET: '' }, ['secret_missing']],
    [{ FOYER_SECRET: 'kq1Zl0pX8v0nJYtV5w2cR7dG4sB9hM6' }, ['secret_short']],
    [{ FOYER_SECRET: 'x'.repeat(64) }, ['secret_weak']],
    [{ DB: undefined }, ['no_database']],
    [{ HYPERDRIVE: there }, ['two_databases']],
    [{ CONVERSATIONS: undefined }, ['objects_missing']],
    [{ INBOXES: undefined, CONVERSATIONS: undefined }, ['objects_missing']],
    [{ ATTEMPT_LIMIT: undefined }, ['limits_missing']],
    [{ ASSETS: undefined }, ['assets_missing']],
    [{ JOBS: undefined }, ['jobs_missing']],
    [{ FOYER_OPERATOR_TOKEN: 'x'.repeat(31) }, ['operator_token_short']],
    [{ EMAIL: undefined }, ['mail_binding_missing']],
    [{ FOYER_EMAIL_FROM: 'Foyer <chat@example.com>' }, ['mail_sender_invalid']],
    [{ FOYER_EMAIL_FROM: '' }, ['mail_off']],
    [{ FOYER_EMAIL_FROM: undefined, FOYER_PUBLIC_URL: undefined }, ['mail_off']],
    [{ FOYER_PUBLIC_URL: undefined }, ['public_url_missing']],
    [{ FOYER_PUBLIC_URL: 'chat.example.com' }, ['public_url_invalid']],
    [{ FOYER_PUBLIC_URL: 'http://chat.example.com' }, ['public_url_invalid']],
    [{ FOYER_PUBLIC_URL: 'https://chat.example.com/admin' }, ['public_url_invalid']],
    [{ FOYER_QUOTAS: '{"ratings": 5}' }, ['quotas_invalid']],
    [{ FOYER_QUOTAS: 'none' }, ['quotas_invalid']],
    [{ FOYER_TURNSTILE_SITE_KEY: '0x4' }, ['human_check_incomplete']],
    [{ FOYER_TURNSTILE_SECRET: '0x4', FOYER_TURNSTILE_SITE_KEY: ' ' }, ['human_check_incomplete']],
    [
      {
        FOYER_TURNSTILE_SITE_KEY: '1x00000000000000000000AA',
        FOYER_TURNSTILE_SECRET: '1x0000000000000000000000000000000AA',
      },
      ['human_check_for_tests'],
    ],
    [{ FOYER_SETUP_CODE: '1234' }, ['setup_code_short']],
    [{ FOYER_LOG_EVERY: 'all' }, ['log_every_invalid']],
    [{ FOYER_PROBE_TOKEN: 'x'.repeat(31) }, ['probe_token_short']],
    [{ FOYER_MAIL_FROM: 'chat@example.com' }, ['unknown_setting']],
    [{ FILES: undefined }, ['files_off']],
  ])('%o', (changed, expected) => {
    expect(problems(changed)).toEqual(expected);
  });

  it('all at once, the worst first', () => {
    expect(
      problems({ FILES: undefined, FOYER_SECRET: '', DB: undefined, FOYER_QUOTAS: '{' }),
    ).toEqual(['secret_missing', 'no_database', 'quotas_invalid', 'files_off']);
  });
});

it('names the variables that have no effect', () => {
  expect(unknownSettings({ ...complete, FOYER_QUOTA: 'off', OTHER: '' })).toEqual(['FOYER_QUOTA']);
});

it('says of each problem what it is and what to do, in sentences', () => {
  for (const [, sentence, todo] of Object.values(PROBLEMS)) {
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(todo).toMatch(/^[A-Z].*\.$/);
  }
});

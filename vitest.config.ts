import { join } from 'node:path';
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import type { Plugin } from 'vite';
import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';

const databases =
  '{bench/faults,drizzle/{copy/copy,demo/demo,postgres},scripts/releases/rollback}.test.ts';
const budgets = 'e2e/budgets.test.ts';
const walkthroughs = 'scripts/walkthroughs.test.ts';
const postgresPlans = 'worker/database/plans-postgres.worker.test.ts';
const postgresFaults = 'e2e/journeys/postgres-faults.test.ts';

/**
 * These are about objects and their sockets alone, which have no way to the database but one. All
 * that reads or writes it, who may ask what and what is asked for wrongly included, runs on both.
 */
const ofObjectsAlone = [
  'worker/test/access/frames.worker.test.ts',
  'worker/conversation/object.worker.test.ts',
  'worker/conversation/{calls/access,room/privacy}.worker.test.ts',
  'worker/conversation/sockets/*.worker.test.ts',
  'worker/organization/object.worker.test.ts',
  'worker/features/quotas/crowd.worker.test.ts',
];

/**
 * All files in one workerd, one after the other, each beginning with empty databases: starting one
 * and loading the Worker takes longer than most files.
 */
const oneRuntime = { isolate: false, fileParallelism: false, sequence: { groupOrder: 2 } };

/** Passwords are hashed without the work that hashing is meant to take. */
const quickPasswords: Plugin = {
  name: 'foyer:quick-passwords',
  enforce: 'pre',
  resolveId: (id) =>
    id === '@better-auth/utils/password'
      ? join(import.meta.dirname, 'worker/test/stand-ins/passwords.ts')
      : null,
};

/** The Worker's secrets in the tests. */
const secrets = {
  FOYER_SECRET: 'a secret of 32 bytes or more, for tests only',
  FOYER_EMAIL_FROM: 'foyer@chat.example',
  FOYER_PUBLIC_URL: 'https://chat.example',
  FOYER_SETUP_CODE: 'setup-code-of-the-tests',
  // What a test expects of the log must not depend on chance.
  FOYER_LOG_EVERY: '0',
  // Repeats a run of the generated tests.
  ...(process.env.FOYER_SEED && { FOYER_SEED: process.env.FOYER_SEED }),
};

/**
 * Where a test runs follows from its name: `x.worker.test.ts` in workerd with the bindings of
 * wrangler.toml, any in e2e/ in Node beside a browser and the built app, every other
 * `x.test.ts` in Node alone. Projects that differ in how many files run at once have a `groupOrder` of
 * their own, without which Vitest refuses to run them together, as `npm test -- FILE FILE` does.
 */
export default defineConfig({
  test: {
    projects: [
      {
        plugins: [solid()],
        test: {
          name: 'unit',
          // A process runs many files: starting one for each took longer than the tests.
          isolate: false,
          setupFiles: ['./scripts/unit-tests.setup.ts'],
          // No test waits for time to pass; a machine that is busy may be slow.
          testTimeout: 30_000,
          environment: 'node',
          include: ['{protocol,widget,admin,worker,drizzle,scripts,bench}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.worker.test.ts', '**/*.test.tsx', databases, walkthroughs],
        },
      },
      {
        // Components as a person finds them, by role and name, in a DOM without a browser.
        plugins: [solid()],
        test: {
          name: 'components',
          environment: 'happy-dom',
          include: ['{admin,widget}/**/*.test.tsx'],
          setupFiles: ['./admin/test/setup.ts'],
          testTimeout: 30_000,
        },
      },
      {
        plugins: [
          quickPasswords,
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: { ...secrets, MIGRATIONS: await readD1Migrations('drizzle/sqlite') },
            },
          })),
        ],
        test: {
          name: 'workers',
          ...oneRuntime,
          include: ['worker/**/*.worker.test.ts'],
          exclude: [postgresPlans],
          setupFiles: ['./worker/test/setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        plugins: [
          quickPasswords,
          cloudflareTest(({ inject }) => ({
            wrangler: { configPath: './wrangler.toml', environment: 'postgres' },
            miniflare: { bindings: secrets, hyperdrives: { HYPERDRIVE: inject('postgres') } },
          })),
        ],
        test: {
          name: 'postgres',
          include: ['worker/**/*.worker.test.ts'],
          exclude: [
            // They count what D1 bills, and look at SQLite's plans.
            'worker/test/costs/costs.worker.test.ts',
            'worker/database/plans.worker.test.ts',
            ...ofObjectsAlone,
          ],
          globalSetup: './scripts/postgres/test-server.ts',
          setupFiles: ['./worker/test/setup.postgres.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          ...oneRuntime,
        },
      },
      {
        // Apart from the components' tests: those resolve packages as browsers do, wrangler's too.
        test: {
          name: 'databases',
          environment: 'node',
          include: [databases],
          // They start databases and Workers, which takes long beside everything else.
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        // It copies the project and checks the copy.
        test: {
          name: 'walkthroughs',
          environment: 'node',
          include: [walkthroughs],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: { name: 'budgets', environment: 'node', include: [budgets] },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['e2e/**/*.test.ts'],
          exclude: [budgets, postgresFaults],
          globalSetup: './e2e/global-setup.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Lists show a message up to a second after it was sent.
          expect: { poll: { timeout: 15_000 } },
          // Two browsers for all files, and a server for each file: more would starve.
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e-postgres',
          environment: 'node',
          include: ['e2e/journeys/journey.test.ts', postgresFaults],
          globalSetup: './e2e/global-setup.postgres.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});

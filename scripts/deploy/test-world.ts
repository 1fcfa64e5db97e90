import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { MigrationFile } from '../../drizzle/migrations/migration-files.ts';
import { root } from '../install.mjs';
import { Deployment, type World } from './deployment.ts';
import { readOptions } from './options.ts';
import { run, showPlan } from './run.ts';
import { merged, readSettings, type Settings } from './settings.ts';
import { readBase } from './wrangler-config.ts';
import { type Account, callStandIn, MIGRATIONS } from './wrangler-stand-in.ts';

export const ACCOUNT_ID = 'a'.repeat(32);

/** A checkout of Foyer in a folder of its own, and an empty account at a stand-in for Cloudflare. */
export class Installation {
  readonly folder = mkdtempSync(join(tmpdir(), 'foyer-deploy-test-'));
  readonly printed: string[] = [];
  /** What /api/health answers; by default as a Worker that is well. */
  health: () => Response;
  /** The files of drizzle/sqlite. */
  migrations: MigrationFile[] = Object.entries(MIGRATIONS).map(([name, text]) => ({
    ...{ name, text, hash: `hash of ${text}` },
  }));
  /** What `World` has otherwise. */
  more: Partial<World> = {};
  readonly account: Account;

  constructor(account: Partial<Account> = {}) {
    onTestFinished(() => rmSync(this.folder, { recursive: true }));
    copyFileSync(join(root, 'wrangler.toml'), join(this.folder, 'wrangler.toml'));
    this.account = {
      loggedIn: true,
      accounts: [{ id: ACCOUNT_ID, name: 'Acme' }],
      databases: [],
      buckets: [],
      hyperdrives: [],
      workers: {},
      migrations: Object.keys(MIGRATIONS),
      failures: [],
      calls: [],
      ...account,
    };
    this.health = () => {
      const versions = Object.values(this.account.workers)[0]?.versions ?? 0;
      const deployment = `11111111-0000-4000-8000-${`${versions}`.padStart(12, '0')}`;
      return Response.json({ ok: true, database: 'd1', version: '1.2.3', deployment });
    };
  }

  get settings(): Settings {
    return readSettings(join(this.folder, 'foyer.config.json'));
  }

  set settings(settings: Settings) {
    writeFileSync(join(this.folder, 'foyer.config.json'), JSON.stringify(settings));
  }

  /** What the operator reads. */
  get text(): string {
    return this.printed.join('\n');
  }

  /** The calls of wrangler since the last time, without the paths that differ each time. */
  calls(): string[] {
    const calls = this.account.calls.splice(0);
    return calls.map((call) => call.replace(/--secrets-file \S+/, '--secrets-file …'));
  }

  exists(name: string): boolean {
    return existsSync(join(this.folder, name));
  }

  /** Runs `npm run deploy` with these arguments. */
  async deploy(...args: string[]): Promise<void> {
    this.printed.length = 0;
    const options = readOptions(args);
    const base = readBase(join(this.folder, 'wrangler.toml'));
    const file = join(this.folder, options.config);
    let now = 0;
    const deployment = new Deployment(
      {
        wrangler: async (command, { input = '' } = {}) => {
          // The generated configuration is in this folder and not in the repository.
          const args = command.map((arg, index) =>
            command[index - 1] === '--config' ? join(this.folder, arg) : arg,
          );
          const { code, stdout, stderr, events } = callStandIn(this.account, args, input);
          const parsed = events.map((event) => ({ type: '', ...event }));
          return { ok: code === 0, stdout, output: stdout + stderr, events: parsed };
        },
        fetch: async () => this.health(),
        now: () => now,
        sleep: async (milliseconds) => {
          now += milliseconds;
        },
        build: async () => {},
        d1Migrations: () => this.migrations,
        postgres: { migrate: async () => [], hasOrganization: async () => false },
        print: (text) => this.printed.push(text),
        databaseUrl: undefined,
        inWorkersBuilds: false,
        ...this.more,
      },
      {
        base,
        settings: merged(readSettings(file), options.given, { file, defaultName: base.name }),
        version: '1.2.3',
        root: this.folder,
        ...options,
      },
    );
    if (options.dryRun) showPlan(deployment);
    else await run(deployment);
  }
}

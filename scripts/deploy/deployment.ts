import { basename, join } from 'node:path';
import type { MigrationFile } from '../../drizzle/migrations/migration-files.ts';
import type { Settings } from './settings.ts';
import { writeSettings } from './settings.ts';
import type { Wrangler } from './wrangler.ts';
import { type Base, type Complete, complete } from './wrangler-config.ts';

/** What the steps reach outside of this process. The tests give a stand-in for Cloudflare. */
export type World = {
  wrangler: Wrangler;
  fetch: (url: string) => Promise<Response>;
  /** Milliseconds since any moment. */
  now: () => number;
  sleep: (milliseconds: number) => Promise<void>;
  /** Builds the browser's files. Throws `Explained`. */
  build: () => Promise<void>;
  /** The migrations of this version for D1. */
  d1Migrations: () => MigrationFile[];
  postgres: {
    /** The names of the migrations that it applied. */
    migrate: (url: string) => Promise<string[]>;
    hasOrganization: (url: string) => Promise<boolean>;
  };
  print: (text: string) => void;
  /** DATABASE_URL. */
  databaseUrl: string | undefined;
  /** Whether Workers Builds runs this, as after the Deploy to Cloudflare button. */
  inWorkersBuilds: boolean;
};

/** One deployment under way: what is asked for, and what the steps found and made. */
export class Deployment {
  readonly base: Base;
  readonly world: World;
  readonly version: string;
  readonly pause: boolean;
  readonly keepDatabase: boolean;
  readonly settingsFile: string;
  /** The generated configuration; beside wrangler.toml, as its paths begin there. */
  readonly configFile: string;
  #settings: Settings;

  /** Whether the Worker exists already, and the names of its secrets. */
  worker: { exists: boolean; secrets: string[] } = { exists: false, secrets: [] };
  /** Whether somebody has set Foyer up; null where nobody could ask. */
  isSetUp: boolean | null = null;
  /** The code that makes the first owner, when this deployment made one. */
  bootstrapCode: string | null = null;
  /** What was published. */
  published: { version: string; origin: string } | null = null;

  constructor(
    world: World,
    given: {
      base: Base;
      settings: Settings;
      version: string;
      root: string;
      config: string;
      pause: boolean;
      keepDatabase: boolean;
    },
  ) {
    this.world = world;
    this.base = given.base;
    this.version = given.version;
    this.pause = given.pause;
    this.keepDatabase = given.keepDatabase;
    this.settingsFile = join(given.root, given.config);
    const name = basename(given.config)
      .replace(/^foyer\./, '')
      .replace(/\.?config\.json$|\.json$/, '');
    this.configFile = name ? `wrangler.deploy.${name}.json` : 'wrangler.deploy.json';
    this.#settings = given.settings;
  }

  /** The settings, with our defaults for what they leave out. */
  get settings(): Complete {
    return complete(this.#settings, this.base);
  }

  /** The settings without defaults. */
  get given(): Settings {
    return this.#settings;
  }

  get onPostgres(): boolean {
    return this.settings.database === 'postgres';
  }

  /** Keeps what was found or made, at once: a failure afterwards loses nothing. */
  keep(settings: Settings): void {
    this.#settings = { ...this.#settings, ...settings };
    writeSettings(this.settingsFile, this.#settings);
  }

  /** Runs wrangler on the account of this installation. */
  wrangler(args: string[], options: { input?: string; shown?: boolean } = {}) {
    return this.world.wrangler(args, { ...options, account: this.settings.account_id });
  }
}

/** One step. Each can be run again whatever happened in it before. */
export type Step = {
  name: string;
  /** What it does, and the commands that it may run, for `--dry-run`. */
  plan: (deployment: Deployment) => string[];
  /** Does it. Returns a sentence that says what was done; throws `Explained`. */
  run: (deployment: Deployment) => Promise<string>;
};

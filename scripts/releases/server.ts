import { join } from 'node:path';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';
import { unstable_readConfig } from 'wrangler';
import { z } from 'zod';
import type { Kind } from '../../drizzle/migrations/frozen.ts';
import { migrate } from '../../drizzle/migrations/migrate.ts';
import { migrationFiles } from '../../drizzle/migrations/migration-files.ts';
import { root } from '../install.mjs';

/** A Worker on data that stays, so that another version can be started on it afterwards. */

const ORIGIN = 'https://chat.example';
export const BOOTSTRAP_CODE = 'the set-up code of these tests';

const config = z.object({
  compatibility_date: z.string(),
  compatibility_flags: z.array(z.string()),
  ratelimits: z.array(z.object({ name: z.string(), namespace_id: z.string() })),
});

/**
 * Started with a script and a folder, where the objects are, and D1; or with the address of a Postgres.
 */
export class Server {
  readonly #miniflare: Miniflare;

  readonly #postgres: string | null;

  constructor(script: string, folder: string, postgres: string | null) {
    this.#postgres = postgres;
    const { compatibility_date, compatibility_flags, ratelimits } = config.parse(
      unstable_readConfig({ config: join(root, 'wrangler.toml') }),
    );
    this.#miniflare = new Miniflare(
      convertV4MiniflareOptions({
        log: new Log(LogLevel.ERROR),
        resourcePersistencePath: folder,
        workers: [
          {
            name: 'foyer',
            compatibilityDate: compatibility_date,
            compatibilityFlags: compatibility_flags,
            modules: [{ type: 'ESModule', path: 'index.js', contents: script }],
            bindings: {
              FOYER_SECRET: 'a secret of 32 bytes or more, for tests only',
              FOYER_SETUP_CODE: BOOTSTRAP_CODE,
              FOYER_PUBLIC_URL: ORIGIN,
            },
            ...(postgres
              ? { hyperdrives: { HYPERDRIVE: postgres } }
              : { d1Databases: { DB: 'foyer' } }),
            durableObjects: {
              CONVERSATIONS: { className: 'ConversationObject', useSQLite: true },
              INBOXES: { className: 'InboxObject', useSQLite: true },
            },
            ratelimits: Object.fromEntries(
              ratelimits.map(({ name, namespace_id }) => [
                name,
                { namespace_id, simple: { limit: 1_000_000, period: 60 } },
              ]),
            ),
          },
        ],
      }),
    );
  }

  /** Applies the migrations with these names, on D1 as wrangler does. */
  async migrate(names: readonly string[]): Promise<void> {
    const named = (kind: Kind) => migrationFiles(kind).filter(({ name }) => names.includes(name));
    if (this.#postgres) {
      await migrate(this.#postgres, named('postgres'));
      return;
    }
    const d1 = await this.#miniflare.getD1Database('DB');
    await d1
      .prepare(
        'CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY, name TEXT UNIQUE)',
      )
      .run();
    const { results } = await d1.prepare('SELECT name FROM d1_migrations').all();
    const applied = results.map(({ name }) => name);
    for (const { name, text } of named('sqlite')) {
      if (applied.includes(name)) continue;
      const statements = text.split(/--> statement-breakpoint|;\s*\n/).map((part) => part.trim());
      await d1.batch([
        ...statements.filter((part) => part !== '').map((part) => d1.prepare(part)),
        d1.prepare('INSERT INTO d1_migrations (name) VALUES (?)').bind(name),
      ]);
    }
  }

  /** A request to the API; answers status, JSON and cookies. */
  async call(
    method: string,
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ) {
    const answer = await this.#miniflare.dispatchFetch(`${ORIGIN}/api${path}`, {
      method,
      headers: {
        origin: ORIGIN,
        'cf-connecting-ip': '192.0.2.1',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const json: unknown = text === '' ? null : JSON.parse(text);
    return { status: answer.status, json, cookies: answer.headers.getSetCookie() };
  }

  async stop(): Promise<void> {
    await this.#miniflare.dispose();
  }
}

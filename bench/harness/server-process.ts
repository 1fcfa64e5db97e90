import { once } from 'node:events';
import { join } from 'node:path';
import {
  convertV4MiniflareOptions,
  Log,
  LogLevel,
  Miniflare,
  type V4MiniflareOptions,
} from 'miniflare';
import { unstable_readConfig } from 'wrangler';
import { z } from 'zod';
import { root } from './bundle.ts';
import { seed, seedPostgres } from './seed.ts';
import { SECRET, type ServerOptions } from './server.ts';
import { WITHOUT_LIMITS } from './without-limits.ts';

/** The process of one server. It gets its options over its channel, and ends when the channel closes. */

const startSchema = z.object({
  script: z.string(),
  options: z.object({
    folder: z.string(),
    port: z.number(),
    agents: z.number(),
    faults: z.boolean(),
    postgres: z.string().nullable(),
    databaseWait: z.number().nullable(),
    debugger: z.boolean(),
    limits: z.boolean(),
    isRelease: z.boolean(),
  }),
});

/** The bindings of a wrangler.toml that a server here needs. */
const bindings = z.object({
  compatibility_date: z.string(),
  compatibility_flags: z.array(z.string()),
  durable_objects: z.object({
    bindings: z.array(z.object({ name: z.string(), class_name: z.string() })),
  }),
  d1_databases: z.array(z.object({ binding: z.string(), database_id: z.string() })),
  r2_buckets: z.array(z.object({ binding: z.string() })),
  send_email: z.array(z.object({ name: z.string() })),
  ratelimits: z.array(z.object({ name: z.string(), namespace_id: z.string() })),
});

/** The objects that every release has. */
const FIRST_OBJECTS = ['CONVERSATIONS', 'INBOXES'];

const [message] = await once(process, 'message');
const { script, options } = startSchema.parse(message);
const miniflare = new Miniflare(convertV4MiniflareOptions(miniflareOptions(script, options)));
process.on('disconnect', () => {
  void miniflare.dispose().finally(() => process.exit());
});
await (options.postgres
  ? seedPostgres(options.postgres, options.agents)
  : seed(await miniflare.getD1Database('DB'), options.agents));
const { origin } = await miniflare.unsafeGetDirectURL('foyer');
// workerd's name for the isolate of a Worker.
const debuggerUrl = options.debugger ? `${await miniflare.getInspectorURL()}core:user:foyer` : null;
process.send?.({ origin, debuggerUrl });

/** The bindings of wrangler.toml; the database and the objects in the folder. */
function miniflareOptions(script: string, options: ServerOptions): V4MiniflareOptions {
  const { folder, port, faults, postgres, databaseWait, isRelease, limits } = options;
  const config = bindings.parse(unstable_readConfig({ config: join(root, 'wrangler.toml') }));
  const objects = isRelease
    ? config.durable_objects.bindings.filter(({ name }) => FIRST_OBJECTS.includes(name))
    : [
        ...config.durable_objects.bindings,
        { name: 'RELAYS', class_name: 'Relay' },
        { name: 'INSERTING_RELAYS', class_name: 'InsertingRelay' },
      ];
  return {
    log: new Log(LogLevel.ERROR),
    resourcePersistencePath: folder,
    ...(options.debugger && { inspectorPort: 0 }),
    workers: [
      {
        name: 'foyer',
        compatibilityDate: config.compatibility_date,
        compatibilityFlags: config.compatibility_flags,
        modules: limits
          ? [{ type: 'ESModule', path: 'index.js', contents: script }]
          : [
              { type: 'ESModule', path: 'index.js', contents: WITHOUT_LIMITS },
              { type: 'ESModule', path: 'worker.js', contents: script },
            ],
        bindings: {
          FOYER_SECRET: SECRET,
          FOYER_EMAIL_FROM: 'foyer@chat.example',
          // A load generator sends more than a person may.
          FOYER_QUOTAS: 'off',
          ...(faults && { FAULTS: true }),
          ...(databaseWait !== null && { DATABASE_WAIT: databaseWait }),
        },
        // Stays here: Miniflare sends no data.
        email: { send_email: config.send_email },
        ...(postgres
          ? { hyperdrives: { HYPERDRIVE: postgres } }
          : {
              d1Databases: Object.fromEntries(
                config.d1_databases.map(({ binding, database_id }) => [binding, database_id]),
              ),
            }),
        r2Buckets: config.r2_buckets.map(({ binding }) => binding),
        durableObjects: Object.fromEntries(
          objects.map(({ name, class_name }) => [name, { className: class_name, useSQLite: true }]),
        ),
        // Likewise.
        ratelimits: Object.fromEntries(
          config.ratelimits.map(({ name, namespace_id }) => [
            name,
            { namespace_id, simple: { limit: 1_000_000_000, period: 60 } },
          ]),
        ),
        // Requests go to the Worker directly, without Miniflare's proxy.
        unsafeDirectSockets: [{ host: '127.0.0.1', port }],
      },
    ],
  };
}

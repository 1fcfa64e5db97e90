import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/**
 * Answers as wrangler 4.156 does, for the tests of `npm run deploy`: no account is reached. The
 * shapes of its answers and errors are those of wrangler's source. As a program it keeps the account
 * in the JSON file that FOYER_STAND_IN names.
 */

const deployedConfig = z.looseObject({
  name: z.string(),
  routes: z.array(z.looseObject({ pattern: z.string() })).optional(),
  vars: z.record(z.string(), z.string()),
  d1_databases: z.array(z.looseObject({ database_id: z.string() })),
  hyperdrive: z.array(z.object({ binding: z.string(), id: z.string() })),
  r2_buckets: z.array(z.looseObject({ bucket_name: z.string() })),
});

/** What the account has. `failures`: the next call that begins so fails once, `after` it did its work. */
const accountSchema = z.object({
  loggedIn: z.boolean(),
  accounts: z.array(z.object({ id: z.string(), name: z.string() })),
  databases: z.array(
    z.object({
      uuid: z.string(),
      name: z.string(),
      /** Those of other programs. */
      tables: z.array(z.string()),
      migrations: z.array(z.string()),
      /** The hashes that were recorded, by migration. */
      hashes: z.record(z.string(), z.string()).optional(),
      setUp: z.boolean(),
    }),
  ),
  buckets: z.array(z.string()),
  hyperdrives: z.array(
    z.object({ id: z.string(), name: z.string(), url: z.string(), cached: z.boolean() }),
  ),
  workers: z.record(
    z.string(),
    z.object({
      secrets: z.record(z.string(), z.string()),
      config: deployedConfig.optional(),
      versions: z.number(),
    }),
  ),
  migrations: z.array(z.string()),
  failures: z.array(
    z.object({
      command: z.string(),
      message: z.string(),
      code: z.number().optional(),
      after: z.boolean().optional(),
    }),
  ),
  calls: z.array(z.string()),
});

export type Account = z.infer<typeof accountSchema>;

/** The migrations of a version, as short as they may be. */
export const MIGRATIONS: Record<string, string> = {
  '0000_first.sql': 'CREATE TABLE organizations (id TEXT)',
  '0001_second.sql': 'CREATE TABLE second (id TEXT)',
};

/** Runs SQL on a database as it is; answers the rows, and keeps the hashes that it recorded. */
function runSql(stored: Account['databases'][number], sql: string): object[] {
  const database = new DatabaseSync(':memory:');
  for (const name of stored.tables) database.exec(`CREATE TABLE ${name} (id)`);
  if (stored.migrations.length > 0) database.exec('CREATE TABLE d1_migrations (name TEXT)');
  for (const name of stored.migrations) {
    database.exec(MIGRATIONS[name] ?? '');
    database.prepare('INSERT INTO d1_migrations VALUES (?)').run(name);
  }
  if (stored.setUp) database.exec(`INSERT INTO organizations VALUES ('o')`);
  if (stored.hashes) {
    database.exec('CREATE TABLE foyer_migrations (name TEXT PRIMARY KEY, hash TEXT)');
    for (const [name, hash] of Object.entries(stored.hashes)) {
      database.prepare('INSERT INTO foyer_migrations VALUES (?, ?)').run(name, hash);
    }
  }
  if (sql.startsWith('SELECT')) return database.prepare(sql).all();
  database.exec(sql);
  const recorded = database.prepare('SELECT name, hash FROM foyer_migrations').all();
  stored.hashes = Object.fromEntries(recorded.map(({ name, hash }) => [`${name}`, `${hash}`]));
  return [];
}

/** Ends a call that failed. */
class Failure extends Error {}

/** Does what a call of wrangler does; changes the account. */
export function callStandIn(
  account: Account,
  args: string[],
  input: string,
): { code: number; stdout: string; stderr: string; events: object[] } {
  const call = args.join(' ');
  const events: object[] = [];
  let stdout = '';
  let stderr = '';

  const print = (text: string) => {
    stdout += `${text}\n`;
  };
  const option = (name: string) => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? undefined : args[at + 1];
  };
  const emit = (event: object) => events.push({ version: 1, ...event });

  /** @param code of an error of Cloudflare's */
  function fail(message: string, code?: number): never {
    if (code === undefined) {
      stderr += `✘ [ERROR] ${message}\n\n`;
      emit({ type: 'command-failed', message });
    } else {
      const request = 'A request to the Cloudflare API (/accounts/…) failed.';
      stderr += `✘ [ERROR] ${request}\n\n  ${message} [code: ${code}]\n\n`;
      emit({ type: 'command-failed', code, message: request });
    }
    throw new Failure(message);
  }

  const read = () => deployedConfig.parse(JSON.parse(readFileSync(option('config') ?? '', 'utf8')));

  function bound() {
    const [binding] = read().d1_databases;
    const database = account.databases.find(({ uuid }) => uuid === binding?.database_id);
    return database ?? fail(`Couldn't find a D1 DB with the name or binding 'DB'`, 7404);
  }

  const commands: Record<string, () => void> = {
    whoami() {
      if (!account.loggedIn) {
        print('{"loggedIn":false}');
        throw new Failure('not logged in');
      }
      const { accounts } = account;
      print(JSON.stringify({ loggedIn: true, authType: 'OAuth Token', accounts }, null, 2));
    },
    'secret list'() {
      const name = option('name') ?? '';
      const worker = account.workers[name];
      if (!worker) {
        fail(
          `Worker "${name}" not found.\n\nIf this is a new Worker, run \`wrangler deploy\` first to create it.\n` +
            "Otherwise, check that the Worker name is correct and you're logged into the right account.",
        );
      }
      const secrets = Object.keys(worker.secrets).map((name) => ({ name, type: 'secret_text' }));
      print(JSON.stringify(secrets, null, '  '));
    },
    'deployments status'() {
      const { versions = 0 } = account.workers[option('name') ?? ''] ?? {};
      if (versions === 0) fail(`The Worker ${option('name')} has no deployments.`);
      print(JSON.stringify({ versions: [{ version_id: `${versions}`, percentage: 100 }] }));
    },
    'versions view'() {
      const config = account.workers[option('name') ?? '']?.config;
      const bindings = [
        { type: 'durable_object_namespace', name: 'CONVERSATIONS', class_name: 'Conversation' },
        { type: 'secret_text', name: 'FOYER_SECRET' },
        { type: 'version_metadata', name: 'CF_VERSION_METADATA' },
        ...Object.entries(config?.vars ?? {}).map(([name, text]) => ({
          ...{ type: 'plain_text', name, text },
        })),
        ...(config?.d1_databases ?? []).map(({ database_id }) => ({
          ...{ type: 'd1', name: 'DB', id: database_id },
        })),
        ...(config?.hyperdrive ?? []).map(({ binding, id }) => ({
          ...{ type: 'hyperdrive', name: binding, id },
        })),
        ...(config?.r2_buckets ?? []).map(({ bucket_name, jurisdiction }) => ({
          ...{ type: 'r2_bucket', name: 'FILES', bucket_name, jurisdiction },
        })),
      ];
      print(JSON.stringify({ id: args[2], resources: { bindings } }, null, 2));
    },
    'secret bulk'() {
      const worker = account.workers[option('name') ?? ''];
      for (const [name, value] of Object.entries(
        z.record(z.string(), z.string().nullable()).parse(JSON.parse(input)),
      )) {
        if (value === null) delete worker?.secrets[name];
        else if (worker) worker.secrets[name] = value;
      }
    },
    'd1 list'() {
      const rows = account.databases.map(({ uuid, name }) => ({
        ...{ uuid, name, created_at: '2026-11-28T12:00:00.000Z', version: 'production' },
        ...{ num_tables: 0, file_size: 12288, jurisdiction: null },
      }));
      print(JSON.stringify(rows, null, 2));
    },
    'd1 create'() {
      const name = args[2] ?? '';
      if (account.databases.some((database) => database.name === name)) {
        fail(`A database with that name already exists`, 7502);
      }
      const uuid = `00000000-0000-4000-8000-${`${account.databases.length + 1}`.padStart(12, '0')}`;
      account.databases.push({ uuid, name, tables: [], migrations: [], setUp: false });
      print(`✅ Successfully created DB '${name}' in region WEUR\nCreated your new D1 database.`);
    },
    'd1 migrations apply'() {
      const database = bound();
      const missing = account.migrations.filter((name) => !database.migrations.includes(name));
      database.migrations.push(...missing);
      if (missing.length === 0) print('✅ No migrations to apply!');
      for (const name of missing) print(`│ ${name} │ ✅     │`);
    },
    'd1 execute'() {
      const results = runSql(bound(), option('command') ?? '');
      print(JSON.stringify([{ results, success: true, meta: { duration: 0.2 } }], null, 2));
    },
    'r2 bucket list'() {
      print('Listing buckets...');
      const rows = account.buckets.map(
        (name) => `name:           ${name}\ncreation_date:  2026-11-28T12:00:00.000Z`,
      );
      print(rows.join('\n\n'));
    },
    'r2 bucket create'() {
      const name = args[3] ?? '';
      print(`Creating bucket '${name}'...`);
      if (account.buckets.includes(name)) {
        fail('The bucket you tried to create already exists, and you own it.', 10004);
      }
      account.buckets.push(name);
      print(`✅ Created bucket '${name}' with default storage class of Standard.`);
    },
    'hyperdrive list'() {
      print('📋 Listing Hyperdrive configs');
      for (const { id, name, url } of account.hyperdrives) {
        print(`│ ${id} │ ${name} │ foyer │ ${new URL(url).hostname} │ 5432 │ PostgreSQL │`);
      }
    },
    'hyperdrive get'() {
      const hyperdrive = account.hyperdrives.find(({ id }) => id === args[2]);
      if (!hyperdrive) fail('The specified Hyperdrive config was not found', 2004);
      const { hostname, pathname } = new URL(hyperdrive.url);
      const origin = {
        host: hostname,
        port: 5432,
        database: pathname.slice(1),
        scheme: 'postgres',
      };
      const caching = hyperdrive.cached ? { disabled: false } : { disabled: true };
      print(JSON.stringify({ id: hyperdrive.id, name: hyperdrive.name, origin, caching }, null, 2));
    },
    'hyperdrive create'() {
      const id = `${account.hyperdrives.length + 1}`.padStart(32, '0');
      const url = option('connection-string') ?? '';
      const cached = !args.includes('--caching-disabled');
      account.hyperdrives.push({ id, name: args[2] ?? '', url, cached });
      print(`🚧 Creating '${args[2]}'\n✅ Created new Hyperdrive PostgreSQL config: ${id}`);
    },
    deploy() {
      const config = read();
      const worker = account.workers[config.name] ?? { secrets: {}, versions: 0 };
      account.workers[config.name] = worker;
      const secrets = option('secrets-file');
      if (secrets)
        Object.assign(
          worker.secrets,
          z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(secrets, 'utf8'))),
        );
      worker.config = config;
      worker.versions += 1;
      const targets = config.routes
        ? config.routes.map(({ pattern }) => `${pattern} (custom domain)`)
        : [`https://${config.name}.maya.workers.dev`];
      const version_id = `11111111-0000-4000-8000-${`${worker.versions}`.padStart(12, '0')}`;
      emit({ type: 'deploy', worker_name: config.name, worker_tag: null, version_id, targets });
    },
  };

  account.calls.push(call);
  try {
    const command = Object.keys(commands).find((name) => `${call} `.startsWith(`${name} `));
    if (!command) fail(`Unknown argument: ${call}`);
    const failure = account.failures.find(({ command }) => call.startsWith(command));
    account.failures = account.failures.filter((other) => other !== failure);
    if (failure?.after) {
      commands[command]?.();
      // Its answer is lost.
      events.length = 0;
    }
    if (failure) fail(failure.message, failure.code);
    commands[command]?.();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { code: 1, stdout, stderr, events };
  }
  return { code: 0, stdout, stderr, events };
}

if (import.meta.main) {
  const { FOYER_STAND_IN: file = '', WRANGLER_OUTPUT_FILE_PATH: output = '' } = process.env;
  const account = accountSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const { code, stdout, stderr, events } = callStandIn(
    account,
    process.argv.slice(2),
    readFileSync(0, 'utf8'),
  );
  writeFileSync(file, JSON.stringify(account));
  for (const event of events) appendFileSync(output, `${JSON.stringify(event)}\n`);
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = code;
}

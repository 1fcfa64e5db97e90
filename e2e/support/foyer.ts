import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';

const ownCheckout = join(import.meta.dirname, '..', '..');

/** Foyer as `npm start` runs it, on a port and in a folder of its own. */
export type Foyer = {
  /** `http://localhost:…`; the same after a restart. */
  origin: string;
  /** The folder of its local state. */
  folder: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** The plain text of the first mail to an address that has `text`, sent since the start or next. */
  mailTo(address: string, text?: string): Promise<string>;
  /** Runs SQL on the local database, past the Worker. */
  query(sql: string): Promise<Record<string, unknown>[]>;
  /** Ends it and removes its folder. */
  dispose(): Promise<void>;
};

/**
 * Runs `npm start` on D1 in a copy of a folder from `prepareLocal`, or on the Postgres at an address. With
 * neither it starts as on a new machine, with the demo conversations.
 */
export async function startFoyer({
  template,
  postgres,
  vars = {},
  checkout = ownCheckout,
}: {
  template?: string;
  postgres?: string | undefined;
  /** Variables of the Worker besides those that `npm start` sets. */
  vars?: Record<string, string>;
  /** The folder of another version to start. */
  checkout?: string | undefined;
} = {}): Promise<Foyer> {
  const folder = scratchFolder(template);
  const port = await freePort();
  let running: ReturnType<typeof run> | undefined;

  const foyer: Foyer = {
    origin: `http://localhost:${port}`,
    folder,
    async start() {
      running = run(join(checkout, 'scripts', 'start.mjs'), port, folder, postgres, {
        ...vars,
        ...((template ?? postgres) && { FOYER_DEMO: 'people' }),
      });
      await running.ready;
    },
    async stop() {
      await running?.end();
      running = undefined;
    },
    async mailTo(address, text = '') {
      if (!running) throw new Error('Foyer does not run.');
      return running.waitForMail((mail) => isMailTo(mail, address, text));
    },
    async query(sql) {
      return postgres === undefined ? queryLocal(folder, sql) : queryPostgres(postgres, sql);
    },
    async dispose() {
      await foyer.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await foyer.start();
  return foyer;
}

/** A folder of local state for one Foyer, empty or a copy of another. */
export function scratchFolder(template?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-e2e-'));
  if (template !== undefined) cpSync(template, folder, { recursive: true });
  return folder;
}

/** Runs SQL on the D1 in a folder of local state, also while the Worker runs. */
export function queryLocal(folder: string, sql: string): Record<string, unknown>[] {
  const databases = join(folder, 'v3', 'd1', 'miniflare-D1DatabaseObject');
  const file = readdirSync(databases).find((name) => /^[0-9a-f]{64}\.sqlite$/.test(name));
  // The Worker may be writing: wait for its transaction instead of failing with "locked".
  const database = new DatabaseSync(join(databases, file ?? ''), { timeout: 15_000 });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

/** Whether a mail, as `readMail` says it, is to an address and has a text. */
export function isMailTo(mail: string, address: string, text: string): boolean {
  return mail.trimStart().startsWith(`A mail to ${address}: `) && mail.includes(text);
}

async function queryPostgres(url: string, sql: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}

function run(
  script: string,
  port: number,
  folder: string,
  postgres: string | undefined,
  variables: Record<string, string>,
) {
  const options = postgres === undefined ? [] : ['--database', 'postgres'];
  const child = spawn(process.execPath, [script, ...options], {
    env: {
      ...process.env,
      PORT: `${port}`,
      FOYER_DATA: folder,
      ...variables,
      ...(postgres !== undefined && { DATABASE_URL: postgres }),
    },
    // The channel tells it when this process has ended.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  const outputEvents = new EventEmitter();
  const exited = once(child, 'exit');
  const ready = new Promise<void>((done, fail) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        outputEvents.emit('more');
        if (output.includes('Foyer is ready.')) done();
      });
    }
    exited.then(() => fail(new Error(`Foyer ended before it was ready:\n${output}`)), fail);
  });
  return {
    ready,
    /** A mail as soon as it is printed, up to the name of its file. */
    async waitForMail(isWanted: (mail: string) => boolean): Promise<string> {
      for (;;) {
        const mails = output.match(/^A mail to [\s\S]*?\.eml$/gm) ?? [];
        const mail = mails.find(isWanted);
        if (mail !== undefined) return mail;
        await once(outputEvents, 'more');
      }
    },
    async end() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** A free port. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}

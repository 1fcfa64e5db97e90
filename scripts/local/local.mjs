import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { Explained, environment, projectNode, root } from '../install.mjs';
import { startPostgres } from '../postgres/server.mjs';

/** What a local Worker needs before it starts: its secret, its tables, something to look at. */

const secretsFile = join(root, '.dev.vars');
const migrations = join(root, 'drizzle', 'sqlite');

/**
 * Makes a folder of local state ready, doing only what was not done there before.
 * @param {string} folder as `wrangler dev --persist-to` gets it
 * @returns {boolean} whether it got the demo data now
 */
export function prepareLocal(folder) {
  ensureSecrets();
  const done = readDone(folder);
  const hash = hashOfMigrations();
  if (done.migrations !== hash) {
    console.log(`Preparing the database in ${shown(folder)}…`);
    const script = join(root, 'drizzle', 'migrations', 'migrate-local.ts');
    runStep('The database cannot be used', [script, '--persist-to', folder]);
  }
  const loaded = !done.demo && loadDemo(['--persist-to', folder]);
  writeFileSync(doneFile(folder), JSON.stringify({ migrations: hash, demo: true }));
  return loaded;
}

/**
 * @param {string[]} args
 * @param {Record<string, string>} [more] for its environment
 * @returns {boolean} whether there was nothing before
 */
function loadDemo(args, more) {
  const script = join(root, 'drizzle', 'demo', 'demo.ts');
  const output = runStep('The demo data could not be loaded', [script, ...args], more);
  return output.includes('is loaded');
}

/**
 * Makes a Postgres ready: ours in the folder, or the one that DATABASE_URL names.
 * @param {string} folder
 * @param {(group: number) => void} started is told the process group of ours
 * @returns {Promise<{ url: string, demo: boolean, loaded: boolean, stop: () => Promise<void> }>}
 *   `demo`: whether the demo data may be in there; `loaded`: whether it got there now
 */
export async function preparePostgres(folder, started) {
  ensureSecrets();
  const given = process.env.DATABASE_URL;
  const { url, stop } = given
    ? { url: given, stop: async () => {} }
    : await startPostgres(join(folder, 'postgres'), { started });
  try {
    const to = { DATABASE_URL: url };
    runStep(
      'The migrations could not be applied',
      [join(root, 'drizzle', 'migrations', 'migrate.ts')],
      to,
    );
    // What is not on this machine is somebody's real database.
    const demo = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
    const loaded = demo && loadDemo(['--postgres'], to);
    return { url, demo, loaded, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * A folder's name for a person.
 * @param {string} folder
 */
export function shown(folder) {
  const path = relative(root, folder);
  return path === '' || path.startsWith('..') ? folder : path;
}

/**
 * What .dev.vars has: the secret, and the sender without whom no mail goes out. Locally none does
 * anyway: wrangler writes each to a file (scripts/mails.mjs).
 * @type {Record<string, () => string>}
 */
const vars = {
  FOYER_SECRET: () => randomBytes(32).toString('base64url'),
  FOYER_EMAIL_FROM: () => 'foyer@foyer.example',
  // With it `npm run doctor` looks at every part of the local Foyer.
  FOYER_PROBE_TOKEN: () => randomBytes(32).toString('base64url'),
  // With it `npm run db:rebuild` may rebuild the local database.
  FOYER_OPERATOR_TOKEN: () => randomBytes(32).toString('base64url'),
  // Over what wrangler.toml says: links lead to this machine.
  FOYER_PUBLIC_URL: () => '',
};

/** Gives .dev.vars what it lacks; what it has stays as it is. */
function ensureSecrets() {
  for (const [name, value] of Object.entries(vars)) {
    const present = existsSync(secretsFile) ? readFileSync(secretsFile, 'utf8') : '';
    if (new RegExp(`^\\s*${name}\\s*=`, 'm').test(present)) continue;
    const gap = present === '' || present.endsWith('\n') ? '' : '\n';
    appendFileSync(secretsFile, `${gap}${name}="${value()}"\n`, { mode: 0o600 });
  }
}

/**
 * Beside wrangler's own files, so that who deletes the data deletes this too.
 * @param {string} folder
 */
function doneFile(folder) {
  return join(folder, 'v3', 'foyer.json');
}

/**
 * @param {string} folder
 * @returns {{ migrations?: string, demo?: boolean }}
 */
function readDone(folder) {
  mkdirSync(join(folder, 'v3'), { recursive: true });
  if (!existsSync(join(folder, 'v3', 'd1'))) return {};
  try {
    return JSON.parse(readFileSync(doneFile(folder), 'utf8'));
  } catch {
    return {};
  }
}

/** What was prepared, when nothing has to be done again: the migrations, and that they are recorded. */
function hashOfMigrations() {
  const hash = createHash('sha256').update('recorded\0');
  for (const name of readdirSync(migrations)
    .filter((name) => name.endsWith('.sql'))
    .sort()) {
    hash.update(`${name}\0`).update(readFileSync(join(migrations, name)));
  }
  return hash.digest('hex');
}

/**
 * Runs a script quietly; shows what it said when it fails.
 * @param {string} failure
 * @param {string[]} args
 * @param {Record<string, string>} [more] for its environment
 * @returns {string} what it said
 */
function runStep(failure, args, more) {
  const { status, stdout, stderr } = spawnSync(projectNode, args, {
    cwd: root,
    env: { ...environment, CI: 'true', ...more },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Explained(`${stdout ?? ''}${stderr ?? ''}\n${failure}.`);
  return stdout;
}

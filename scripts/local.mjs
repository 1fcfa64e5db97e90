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
import { Explained, environment, projectNode, root, wrangler } from './setup.mjs';

/** What a local Worker needs before it starts: its secret, its tables, something to look at. */

const secretsFile = join(root, '.dev.vars');
const migrations = join(root, 'drizzle', 'sqlite');

/**
 * Makes a folder of local state ready, doing only what was not done there before.
 * @param {string} folder as `wrangler dev --persist-to` gets it
 */
export function prepareLocal(folder) {
  ensureSecrets();
  const done = readDone(folder);
  const hash = hashOfMigrations();
  if (done.migrations !== hash) {
    console.log(`Preparing the database in ${shown(folder)}…`);
    const migrate = ['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', folder];
    runStep('The migrations could not be applied', [wrangler, ...migrate]);
  }
  if (!done.demo) {
    runStep('The demo data could not be loaded', [
      join(root, 'drizzle', 'demo.ts'),
      '--persist-to',
      folder,
    ]);
  }
  writeFileSync(doneFile(folder), JSON.stringify({ migrations: hash, demo: true }));
}

/**
 * A folder's name for a person.
 * @param {string} folder
 */
export function shown(folder) {
  const path = relative(root, folder);
  return path === '' || path.startsWith('..') ? folder : path;
}

/** Gives .dev.vars what it lacks; what it has stays as it is. */
function ensureSecrets() {
  const present = existsSync(secretsFile) ? readFileSync(secretsFile, 'utf8') : '';
  if (/^\s*FOYER_SECRET\s*=/m.test(present)) return;
  const line = `FOYER_SECRET="${randomBytes(32).toString('base64url')}"\n`;
  const gap = present === '' || present.endsWith('\n') ? '' : '\n';
  appendFileSync(secretsFile, gap + line, { mode: 0o600 });
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

function hashOfMigrations() {
  const hash = createHash('sha256');
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
 */
function runStep(failure, args) {
  const { status, stdout, stderr } = spawnSync(projectNode, args, {
    cwd: root,
    env: { ...environment, CI: 'true' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Explained(`${stdout ?? ''}${stderr ?? ''}\n${failure}.`);
}

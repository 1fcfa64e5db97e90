import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Explained, isInstalled, npm, OLDEST_NODE } from '../install.mjs';
import { assertFree } from '../local/loopback.mjs';
import { failed, note, ok, warning } from './findings.mjs';

/** @import { Finding } from './findings.mjs' */

/** What this machine must have before Foyer starts on it. Built-ins of Node only, and of Node 20. */

/** Megabytes that the packages of the lockfile take, and that a start with demo data takes. */
const PACKAGES_MB = 1_000;
const START_MB = 100;

const MIN_SECRET_LENGTH = 32;

/**
 * @param {string} version of the Node that npm runs, as `v24.1.0`
 * @returns {Finding}
 */
export function checkNode(version) {
  const major = Number.parseInt(version.replace('v', ''), 10);
  if (major >= OLDEST_NODE) return ok(`Node ${version}.`);
  return failed(
    `This is Node ${version}; Foyer needs ${OLDEST_NODE} or newer.`,
    'Install the current one from https://nodejs.org.',
  );
}

/** @returns {Finding} */
export function checkNpm() {
  const { command, args } = npm();
  const { status, stdout } = spawnSync(command, [...args, '--version'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status === 0) return ok(`npm ${stdout.trim()}.`);
  return failed('npm does not run.', 'It comes with Node. Check that it is on your PATH.');
}

/** @returns {Finding} */
export function checkPackages() {
  if (isInstalled()) return ok('The packages match package-lock.json.');
  return note(
    'The packages are not installed, or do not match package-lock.json.',
    '`npm start` installs them, or run `npm ci`.',
  );
}

/**
 * Whether what is written to a folder finds room there; the folder need not exist yet.
 * @param {string} folder
 * @param {string} advice
 * @returns {Finding}
 */
export function checkDisk(folder, advice) {
  let nearest = folder;
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  try {
    accessSync(nearest, constants.W_OK);
  } catch {
    return failed(`${folder} cannot be written to: this user has no permission.`, advice);
  }
  const { bavail, bsize } = statfsSync(nearest);
  const free = Math.floor((bavail * bsize) / 1e6);
  const needed = isInstalled() ? START_MB : PACKAGES_MB;
  if (free >= needed) return ok(`${folder} can be written to and has ${shownSize(free)} free.`);
  const text = `${folder} has ${shownSize(free)} free; ${shownSize(needed)} are needed.`;
  return failed(text, advice);
}

/** @param {number} megabytes */
function shownSize(megabytes) {
  return megabytes < 1_000 ? `${megabytes} MB` : `${Math.round(megabytes / 1_000)} GB`;
}

/**
 * @param {number} port on which nothing of Foyer answers
 * @returns {Promise<Finding>}
 */
export async function checkPort(port) {
  try {
    await assertFree(port);
    return ok(`Port ${port} is free.`);
  } catch (error) {
    if (!(error instanceof Explained)) throw error;
    return failed(
      `${error.message.split('. ')[0]}.`,
      `Use another port: PORT=${port + 1} npm start`,
    );
  }
}

/**
 * The settings of the local Worker, in .dev.vars.
 * @param {string} file
 * @returns {{ findings: Finding[], vars: Record<string, string> }}
 */
export function checkVars(file) {
  if (!existsSync(file)) {
    return { findings: [note('.dev.vars does not exist.', '`npm start` creates it.')], vars: {} };
  }
  const vars = readVars(readFileSync(file, 'utf8'));
  const { FOYER_SECRET: secret, FOYER_EMAIL_FROM: sender } = vars;
  /** @type {Finding[]} */
  const findings = [];
  if (secret === undefined) {
    findings.push(note('FOYER_SECRET is not in .dev.vars.', '`npm start` adds one.'));
  } else if (secret.length < MIN_SECRET_LENGTH) {
    findings.push(
      failed(
        secret === ''
          ? 'FOYER_SECRET is empty in .dev.vars, so nothing can be signed.'
          : `FOYER_SECRET in .dev.vars is shorter than ${MIN_SECRET_LENGTH} characters.`,
        'Delete its line; `npm start` adds a good one.',
      ),
    );
  } else findings.push(ok('.dev.vars has a FOYER_SECRET.'));
  if (sender === '') {
    findings.push(
      note(
        'FOYER_EMAIL_FROM is empty in .dev.vars, so the local Foyer sends no e-mail.',
        'Delete its line; `npm start` adds a sender and shows each e-mail in the terminal.',
      ),
    );
  } else if (sender !== undefined && !/^[^\s@<>]+@[^\s@<>]+$/.test(sender)) {
    findings.push(
      warning(
        'FOYER_EMAIL_FROM in .dev.vars is not an e-mail address.',
        'Write only the address, such as foyer@foyer.example.',
      ),
    );
  }
  return { findings, vars };
}

/**
 * @param {string} text lines of `NAME=value`, with or without quotes
 * @returns {Record<string, string>}
 */
export function readVars(text) {
  /** @type {Record<string, string>} */
  const vars = {};
  for (const line of text.split('\n')) {
    const [, name, value = ''] = /^\s*(?:export\s+)?(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name) vars[name] = value.replace(/^(["'`])(.*)\1$/, '$2');
  }
  return vars;
}

/**
 * Whether another start has the data folder.
 * @param {string} folder
 * @returns {Finding[]}
 */
export function checkDataFolder(folder) {
  if (!existsSync(join(folder, 'v3'))) {
    return [note(`${folder} has no data yet.`, '`npm start` creates it, with demo data.')];
  }
  return [];
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Explained } from '../install.mjs';

/** What a start writes at least: a new database and the Worker's bundle. */
const NEEDED_BYTES = 4 << 20;

/** @type {Record<string, string>} */
const reasons = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'this user has no permission to write there',
  EPERM: 'this user has no permission to write there',
  EEXIST: 'it is not a folder',
  ENOTDIR: 'it is not a folder',
  ENOENT: 'it cannot be created',
};

/**
 * Makes a folder unless it is there. Throws `Explained` unless 4 MB can be written to it.
 * @param {string} folder
 * @param {string} advice what to do about it
 */
export function assertWritable(folder, advice) {
  const probe = join(folder, `probe-${process.pid}`);
  explain(folder, advice, () => {
    mkdirSync(folder, { recursive: true });
    try {
      writeFileSync(probe, new Uint8Array(NEEDED_BYTES));
    } finally {
      rmSync(probe, { force: true });
    }
  });
}

/**
 * A new folder for what the tools write and nobody keeps.
 * @returns {string}
 */
export function makeScratch() {
  const advice = 'Free some space there, or use another folder: TMPDIR=… npm start';
  assertWritable(tmpdir(), advice);
  return explain(tmpdir(), advice, () => mkdtempSync(join(tmpdir(), 'foyer-')));
}

/**
 * @template T
 * @param {string} folder
 * @param {string} advice
 * @param {() => T} run
 * @returns {T}
 */
function explain(folder, advice, run) {
  try {
    return run();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? `${error.code}` : '';
    const reason = reasons[code];
    if (!reason) throw error;
    throw new Explained(`Nothing can be written to ${folder}: ${reason} (${code}). ${advice}`);
  }
}

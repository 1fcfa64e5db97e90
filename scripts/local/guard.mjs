import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Explained, root } from '../install.mjs';

/** Sees to it that nothing is left behind, even by a start that was killed. */

const script = join(root, 'scripts', 'local', 'watchdog.mjs');

/** Longer than the watchdog takes for a Worker and a Postgres that do not want to end. */
const PREDECESSOR_ENDS_WITHIN_MS = 12_000;
const LOOK_EVERY_MS = 100;

/**
 * A process group to end with a signal, and with SIGKILL when that does not help; or a file or
 * folder to remove.
 * @typedef {{ group: number, signal: NodeJS.Signals } | { path: string }} Leftover
 */

/**
 * Starts a process that outlives this one and cleans up after it, last things first.
 * @returns {{ pid: number, leave: (leftover: Leftover) => void }}
 */
export function startGuard() {
  const child = spawn(process.execPath, [script], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  if (child.pid === undefined) throw new Explained('No more processes could be started.');
  child.unref();
  // Without it this still cleans up after itself, unless it is killed.
  child.stdin.on('error', () => {});
  // It is a socket, though its type does not say so; it must not keep this process.
  if ('unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
  return {
    pid: child.pid,
    leave: (leftover) => {
      child.stdin.write(`${JSON.stringify(leftover)}\n`);
    },
  };
}

/**
 * Makes a data folder ours until the guard is gone. A start before this one that is ending gets
 * the time for it. Throws `Explained` where another one stays.
 * @param {string} folder
 * @param {{ pid: number, leave: (leftover: Leftover) => void }} guard
 */
export async function lock(folder, guard) {
  const path = join(folder, 'foyer.pid');
  const until = Date.now() + PREDECESSOR_ENDS_WITHIN_MS;
  let isReported = false;
  for (;;) {
    try {
      writeFileSync(path, `${guard.pid} ${process.pid}\n`, { flag: 'wx' });
      guard.leave({ path });
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const [holder = 0, starter = 0] = readLock(path);
    if (!isWatchdog(holder)) {
      rmSync(path, { force: true });
      continue;
    }
    if (Date.now() > until) {
      throw new Explained(
        `Foyer already uses ${folder}, started by process ${starter}. ` +
          'End that process, or use another folder: FOYER_DATA=… npm start',
      );
    }
    if (!isReported) console.log(`Another Foyer uses ${folder}; waiting for it to end…`);
    isReported = true;
    await sleep(LOOK_EVERY_MS);
  }
}

/** @param {string} path */
function readLock(path) {
  try {
    return readFileSync(path, 'utf8').split(' ').map(Number);
  } catch {
    return [];
  }
}

/**
 * Whether a process is one of ours: its number may belong to another program by now.
 * @param {number} pid
 */
function isWatchdog(pid) {
  if (!(pid > 0)) return false;
  return commandOf(pid).includes('watchdog.mjs');
}

/** @param {number} pid */
function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    if (process.platform === 'linux') return '';
    return spawnSync('ps', ['-o', 'command=', '-p', `${pid}`], { encoding: 'utf8' }).stdout ?? '';
  }
}

/**
 * Calls `end` when npm, which runs this, is gone: a shell between them would not say so.
 * Call it early, since whoever is gone already cannot be missed.
 * @returns {(end: () => void) => void}
 */
export function watchNpm() {
  if (!process.env.npm_lifecycle_event) return () => {};
  const parents = () => {
    const { name, parent } = statOf(process.ppid);
    return `${process.ppid} ${/^(ba|da|z|k|a)?sh$/.test(name) ? parent : ''}`;
  };
  const before = parents();
  return (end) => {
    setInterval(() => parents() === before || end(), 500).unref();
  };
}

/**
 * What Linux reports about a process; nothing on other systems.
 * @param {number} pid
 */
function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const close = stat.lastIndexOf(')');
    return {
      name: stat.slice(stat.indexOf('(') + 1, close),
      parent: stat.slice(close + 2).split(' ')[1] ?? '',
    };
  } catch {
    return { name: '', parent: '' };
  }
}

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What another process uses, according to the system. */

/** Resident memory in bytes. */
export function residentBytes(pid: number): number {
  if (process.platform === 'linux') return status(pid, 'VmRSS') * 1024;
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', `${pid}`], { encoding: 'utf8' })) * 1024;
}

/** CPU time so far in milliseconds, in steps of ten; null if the system does not report it. */
export function cpuMilliseconds(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  // After the name, which may hold spaces, come fields 3 and on: proc(5), utime is 14, stime 15.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** The highest resident memory from now on, sampled four times a second. */
export function watchPeak(pid: number): { peak: () => number; stop: () => void } {
  let peak = residentBytes(pid);
  const timer = setInterval(() => {
    peak = Math.max(peak, residentBytes(pid));
  }, 250);
  return { peak: () => peak, stop: () => clearInterval(timer) };
}

/** A process's open SQLite files, by the folder of their kind; null if the system does not report them. */
export function openDatabases(pid: number, kind: string): number | null {
  if (process.platform !== 'linux') return null;
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((name) => {
    try {
      return readlinkSync(`${folder}/${name}`).includes(`/${kind}/`);
    } catch {
      // Closed in between.
      return false;
    }
  }).length;
}

/** Files and sockets that a process may have open here. */
export function openFilesAtMost(): number {
  const limit = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim();
  return limit === 'unlimited' ? Number.POSITIVE_INFINITY : Number(limit);
}

/** What workerd opens for a socket, and for an object while it is awake (its SQLite's files). */
export const FILES = { socket: 2, awakeObject: 3 };

/** The process that `parent` started and that has this name. */
export function childOf(parent: number, name: string): number {
  const list = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' });
  for (const line of list.split('\n')) {
    const [pid, ppid, comm = ''] = line.trim().split(/\s+/);
    if (Number(ppid) === parent && comm.endsWith(name)) return Number(pid);
  }
  throw new Error(`Process ${parent} has not started ${name}.`);
}

function status(pid: number, key: string): number {
  const match = readFileSync(`/proc/${pid}/status`, 'utf8').match(
    new RegExp(`^${key}:\\s+(\\d+)`, 'm'),
  );
  return Number(match?.[1] ?? Number.NaN);
}

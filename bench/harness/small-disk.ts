import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from './folder.ts';

/**
 * A disk that can become full: a tmpfs of a few megabytes in its own mount namespace, which Linux allows
 * ordinary users to create unless the system forbids it.
 */

/** A command prefix that runs the rest with such a disk at `folder`. */
export function onSmallDisk(folder: string, megabytes: number): string[] {
  const mount = `mount -t tmpfs -o size=${megabytes}m none "$0" && exec "$@"`;
  return ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', mount, folder];
}

/** Whether this system allows it. */
export function canLimitDisk(): boolean {
  const [command = '', ...args] = onSmallDisk(scratchFolder(), 1);
  return spawnSync(command, [...args, 'true']).status === 0;
}

/** Fills a process's disk at `folder`; returns a function that frees the space. */
export function fillDisk(pid: number, folder: string): () => void {
  const file = join(`/proc/${pid}/root`, folder, 'ballast');
  for (const bytes of [1 << 20, 1 << 12]) {
    const block = new Uint8Array(bytes);
    try {
      for (;;) writeFileSync(file, block, { flag: 'a' });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
  }
  return () => rmSync(file);
}

import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchFolder } from './folder.ts';

/**
 * A disk that can be full: a tmpfs of a few megabytes in a mount namespace of its own, which Linux
 * lets an ordinary user have unless the system forbids it.
 */

/** The beginning of a command that runs the rest of it with such a disk at `folder`. */
export function onSmallDisk(folder: string, megabytes: number): string[] {
  const mount = `mount -t tmpfs -o size=${megabytes}m none "$0" && exec "$@"`;
  return ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', mount, folder];
}

/** Whether this system lets us have one. */
export function canLimitDisk(): boolean {
  const [command = '', ...args] = onSmallDisk(scratchFolder(), 1);
  return spawnSync(command, [...args, 'true']).status === 0;
}

/** Fills the disk that a process has at `folder`; answers how to give the space back. */
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

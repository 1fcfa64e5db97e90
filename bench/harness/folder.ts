import { accessSync, constants, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Storage = 'memory' | 'disk';

const TMPFS_MAGIC = 0x01021994; // linux/magic.h

/**
 * A new folder in memory (a tmpfs) or on disk; null if the machine has none. It is deleted when this
 * process ends.
 */
export function freshFolder(storage: Storage): string | null {
  const place = places().find((folder) => isInMemory(folder) === (storage === 'memory'));
  if (place === undefined) return null;
  const folder = mkdtempSync(join(place, 'foyer-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Like `freshFolder`, in memory if possible: for benches that do not measure storage. */
export function scratchFolder(): string {
  const folder = freshFolder('memory') ?? freshFolder('disk');
  if (folder === null) throw new Error('No folder for temporary files can be written.');
  return folder;
}

/** `/var/tmp` is on disk where `/tmp` is a tmpfs. */
function places(): string[] {
  return ['/dev/shm', tmpdir(), '/var/tmp'].filter((folder) => {
    try {
      accessSync(folder, constants.W_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function isInMemory(folder: string): boolean {
  return process.platform === 'linux' && statfsSync(folder).type === TMPFS_MAGIC;
}

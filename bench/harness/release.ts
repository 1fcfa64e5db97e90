import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { z } from 'zod';
import { bundleWorker, root } from './bundle.ts';

const releaseSchema = z.object({ commit: z.string(), sha256: z.string() });

/**
 * The Worker of an earlier commit, to run beside this one: built from the history, with the packages
 * that are installed now. In a clone without history it comes from scripts/releases, where the release is
 * stored.
 *
 * @param commit its hash, shortened
 * @param quick whether the kept release will do, which need not be built
 * @throws Error if neither has it
 */
export function workerOf(commit: string, quick = false): string {
  const keptRelease = releaseOf(commit);
  if (quick && keptRelease !== null) return keptRelease;
  const lookup = spawnSync('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: root });
  if (lookup.status === 0) return build(commit);
  if (keptRelease === null)
    throw new Error(`Neither the history nor scripts/releases has ${commit}.`);
  return keptRelease;
}

/**
 * Writes the files of an earlier commit into a folder, to start that version from there. Its first
 * start installs and builds it.
 *
 * @throws Error in a clone without that commit
 */
export function checkOut(commit: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const archive = execFileSync('git', ['archive', commit], {
    cwd: root,
    maxBuffer: 256 * 1024 * 1024,
  });
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
  return folder;
}

function build(commit: string): string {
  const scratch = mkdtempSync(join(tmpdir(), 'foyer-release-'));
  try {
    const tree = join(scratch, 'tree');
    mkdirSync(tree);
    const archive = execFileSync(
      'git',
      ['archive', commit, 'worker', 'protocol', 'drizzle', 'package.json', 'tsconfig.base.json'],
      { cwd: root, maxBuffer: 256 * 1024 * 1024 },
    );
    execFileSync('tar', ['-x', '-C', tree], { input: archive });
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
    return bundleWorker({ main: 'worker/index.ts', from: tree });
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** The kept release; null where that is another commit. */
function releaseOf(commit: string): string | null {
  const folder = join(root, 'scripts', 'releases');
  const release = releaseSchema.parse(
    JSON.parse(readFileSync(join(folder, 'previous.json'), 'utf8')),
  );
  if (!release.commit.startsWith(commit)) return null;
  const script = brotliDecompressSync(readFileSync(join(folder, 'previous.js.br'))).toString();
  if (createHash('sha256').update(script).digest('hex') !== release.sha256) {
    throw new Error('scripts/releases/previous.js.br is not the Worker that previous.json names.');
  }
  return script;
}

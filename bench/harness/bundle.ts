import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unstable_readConfig } from 'wrangler';

export const root = join(import.meta.dirname, '..', '..');

/**
 * Bundles the Worker and its comparisons (bench/worker) with wrangler, as for a deployment.
 *
 * @param options.main another entry file, relative to the root
 * @param options.from another root folder
 */
export function bundleWorker({
  main = 'bench/worker/index.ts',
  minify = false,
  from = root,
} = {}): string {
  const { compatibility_date, compatibility_flags } = unstable_readConfig({
    config: join(root, 'wrangler.toml'),
  });
  const scratch = mkdtempSync(join(tmpdir(), 'foyer-bundle-'));
  try {
    const config = join(scratch, 'wrangler.json');
    writeFileSync(
      config,
      JSON.stringify({
        ...{ name: 'bench', main: join(from, main), compatibility_date, compatibility_flags },
      }),
    );
    const wrangler = join(root, 'node_modules', 'wrangler', 'bin', 'wrangler.js');
    const args = ['deploy', '--dry-run', '--config', config, '--outdir', join(scratch, 'out')];
    if (minify) args.push('--minify');
    execFileSync(process.execPath, [wrangler, ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      // The temporary configuration has no bindings, and .dev.vars must not add any.
      env: { ...process.env, CI: 'true' },
    });
    return readFileSync(join(scratch, 'out', 'index.js'), 'utf8');
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Installs packages of npm into a folder outside of the project, without running any of their
 * scripts; false where they cannot be downloaded.
 */
export function installPackages(folder: string, packages: readonly string[]): boolean {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const args = ['install', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
  try {
    execFileSync('npm', [...args, '--loglevel=error', ...packages], {
      cwd: folder,
      stdio: 'ignore',
      timeout: 180_000,
      shell: process.platform === 'win32',
    });
    return true;
  } catch {
    return false;
  }
}

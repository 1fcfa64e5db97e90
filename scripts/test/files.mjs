import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Explained, environment, install, projectNode, root } from '../install.mjs';

/** @param {string} arg */
export const isTestFile = (arg) => /\.test\.tsx?$/.test(arg);

/**
 * Which tests somebody asked for by naming files.
 *
 * @param {string[]} args the command line, with at least one file of tests
 * @param {string[]} checks the names of the checks
 * @returns {{ vitest: string[], isBuilt: boolean }} Vitest's arguments, and whether the tests need the build
 */
export function askedFiles(args, checks) {
  const projects = args.filter((arg) => checks.includes(arg));
  const rest = args.filter((arg) => !checks.includes(arg));
  return {
    vitest: ['run', ...projects.flatMap((name) => ['--project', name]), ...rest],
    isBuilt: rest.some((arg) => /^e2e\/|\.worker\.test\.ts$/.test(arg)),
  };
}

/**
 * Runs the tests of some files, as one does while writing them.
 *
 * @param {string[]} args
 * @param {string[]} checks
 * @throws Explained where a file is not there, and where the build fails. Where a test fails the exit
 *   code says so.
 */
export function runFiles(args, checks) {
  // Vitest would take a part of a name for all files that have it.
  const missing = args.filter(isTestFile).find((file) => !existsSync(join(root, file)));
  if (missing)
    throw new Explained(`There is no file ${missing}. Name it from the project's folder.`);
  const { vitest, isBuilt } = askedFiles(args, checks);
  install();
  /** @param {string[]} command */
  const run = (command) =>
    spawnSync(projectNode, command, { cwd: root, env: environment, stdio: 'inherit' }).status;
  if (isBuilt && run([join(root, 'scripts', 'build.mjs')]) !== 0) {
    throw new Explained('The build failed. See its output above.');
  }
  process.exitCode = run([join(root, 'node_modules', 'vitest', 'vitest.mjs'), ...vitest]) ?? 1;
}

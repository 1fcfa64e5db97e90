import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Node built-ins only, and nothing newer than Node 20: this runs before the install. */

export const OLDEST_NODE = 20;

export const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');

/** The Node that the lockfile pins; the machine's own may be too old for wrangler and vitest. */
export const projectNode = join(root, 'node_modules', 'node', 'bin', 'node');

/** The wrangler of node_modules, as a script for `projectNode`. */
export const wrangler = join(root, 'node_modules', 'wrangler', 'bin', 'wrangler.js');

/** The environment for everything that runs after the install. */
export const environment = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_WRITE_LOGS: 'false',
  // Its traces of every request would be most of the data folder, and take 2 to 7 ms a request.
  X_LOCAL_OBSERVABILITY: 'false',
  // Where a local visitor is, wrangler would ask the network; a place that it makes up will do.
  CLOUDFLARE_CF_FETCH_ENABLED: process.env.CLOUDFLARE_CF_FETCH_ENABLED ?? 'false',
};

/** A mistake or a missing thing that its message explains; it needs no stack. */
export class Explained extends Error {}

/**
 * Runs a script's main function; what it throws becomes a message and exit code 1.
 * @param {() => Promise<void>} run
 */
export async function main(run) {
  try {
    await run();
  } catch (error) {
    console.error(error instanceof Explained ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}

/** Installs what the lockfile names, unless it is there. Throws `Explained`. */
export function install() {
  const major = Number.parseInt(process.versions.node, 10);
  if (major < OLDEST_NODE) {
    throw new Explained(
      `Foyer needs Node ${OLDEST_NODE} or newer to start; this is ${process.version}. ` +
        'https://nodejs.org has the current one.',
    );
  }
  if (isInstalled()) return;
  console.log('Installing the packages of package-lock.json (npm ci)…');
  const began = Date.now();
  const { command, args } = npm();
  const cache = spareCache();
  const { status, error } = spawnSync(
    command,
    [
      ...[...args, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
      ...(cache ? ['--cache', cache] : []),
    ],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' },
  );
  if (cache) rmSync(cache, { recursive: true, force: true });
  if (error) {
    throw new Explained(`npm did not run (${error.message}). It comes with Node. Is it on PATH?`);
  }
  if (status !== 0) {
    throw new Explained(
      `The installation failed: npm ci ended with ${status}. See its output above. ` +
        'It needs the network once. Fix the problem and run the command again.',
    );
  }
  if (!isInstalled()) {
    throw new Explained(
      `npm ci succeeded, but packages are missing (${projectNode} among them?). ` +
        'Does an npm setting block install scripts or omit packages? ' +
        'Try: npm ci --include=dev --include=optional --foreground-scripts',
    );
  }
  console.log(`Installed in ${Math.round((Date.now() - began) / 1000)} s.`);
}

/**
 * A folder for npm's cache where its own cannot be written, as in a home that is read-only.
 * @returns {string | null} null where npm's own will do
 */
function spareCache() {
  const cache = process.env.npm_config_cache || join(homedir(), '.npm');
  try {
    mkdirSync(cache, { recursive: true });
    accessSync(cache, constants.W_OK);
    return null;
  } catch {
    return mkdtempSync(join(tmpdir(), 'foyer-npm-'));
  }
}

/** The npm that runs this script, or else the one on PATH. */
export function npm() {
  const script = process.env.npm_execpath;
  if (script?.endsWith('npm-cli.js')) return { command: process.execPath, args: [script] };
  return { command: 'npm', args: [] };
}

/** Whether node_modules has what the lockfile says, as npm's own record in there tells. */
export function isInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record) || !existsSync(projectNode)) return false;
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = readPackages(record);
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' ||
      (present[path]?.version ?? (entry.optional ? entry.version : '')) === entry.version,
  );
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

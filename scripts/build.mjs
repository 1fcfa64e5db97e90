import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Explained, environment, install, main, projectNode, root } from './install.mjs';
import { prepareLocal } from './local/local.mjs';

/**
 * Builds the browser's programs into dist/client, those whose sources changed since their last
 * build. wrangler.toml runs this before each start and at each change, so doing nothing is quick.
 */

/** @typedef {{ hash: string, files: string[] }} Built */

const everyBuild = ['package-lock.json', 'protocol', ...closureOf('vite.config.ts')];

/**
 * What each build of vite.config.ts reads. `onlyFrom` refuses a module that is not in here.
 * @type {Record<string, string[]>}
 */
const sources = {
  loader: [...everyBuild, 'widget/loader', 'widget/bridge', 'widget/test-widget.html'],
  commands: [...everyBuild, 'widget/loader', 'widget/bridge'],
  panel: [...everyBuild, 'widget/panel', 'widget/bridge', 'widget/loader'],
  api: [...everyBuild, 'widget/api', 'widget/bridge', 'widget/loader/widget.ts'],
  chatwoot: [...everyBuild, 'widget/chatwoot'],
  frame: [...everyBuild, 'widget/frame', 'widget/bridge'],
  preview: [
    ...everyBuild,
    'widget/preview',
    'widget/frame',
    'widget/bridge',
    'widget/loader/loader.css',
  ],
  admin: [...everyBuild, 'admin'],
};

const client = join(root, 'dist', 'client');
const recordFile = join(root, 'dist', 'builds.json');

await main(async () => {
  install();
  const args = process.argv.slice(2);
  const unknown = args.find((name) => !(name in sources));
  if (unknown) throw new Explained(`There is no build named ${unknown}; ${Object.keys(sources)}.`);
  const record = readRecord();
  const stale = Object.entries(sources)
    .filter(([name]) => (args.length === 0 ? !isServed(name) : args.includes(name)))
    .map(([name, paths]) => ({ name, hash: hashOf(paths) }))
    .filter(({ name, hash }) => !isBuilt(record[name], hash));
  // Only `wrangler dev` by hand gets here unprepared; its state is in its default folder.
  if (process.env.WRANGLER_COMMAND === 'dev' && !process.env.FOYER_PREPARED) {
    prepareLocal(join(root, '.wrangler', 'state'));
  }
  if (stale.length === 0) return;
  // Vite needs a newer Node than the one that may have started us.
  if (Number.parseInt(process.versions.node, 10) < 24) {
    const { status } = spawnSync(projectNode, [fileURLToPath(import.meta.url), ...args], {
      cwd: root,
      env: environment,
      stdio: 'inherit',
    });
    process.exitCode = status ?? 1;
    return;
  }
  for (const { name, hash } of stale) {
    record[name] = { hash, files: await build(name) };
    writeRecord(record);
  }
  prune(new Set(Object.values(record).flatMap(({ files }) => files)));
});

/**
 * Whether the development server serves a program from its sources (scripts/dev/server.ts).
 * @param {string} name
 */
function isServed(name) {
  return process.env.FOYER_DEV_PORT !== undefined && ['admin', 'frame', 'preview'].includes(name);
}

/**
 * Runs one build of vite.config.ts; returns its files, relative to dist/client.
 * @param {string} mode
 */
async function build(mode) {
  // Whoever asks, a test among them, gets what a visitor gets.
  process.env.NODE_ENV = 'production';
  const began = performance.now();
  const vite = await import('vite');
  const output = await vite
    .build({
      root,
      mode,
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'warn',
      plugins: [onlyFrom(sources[mode] ?? [])],
      // How long each plugin took is for those who make a build faster.
      build: { rolldownOptions: { checks: { bundlerTimings: false } } },
    })
    .catch((error) => {
      throw new Explained(`The ${mode} cannot be built. ${error.message}`);
    });
  if (!('output' in output)) throw new Error(`The build ${mode} produced no files.`);
  console.log(`Built the ${mode} in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
  return output.output.map((file) => file.fileName);
}

/**
 * Fails a build that reads a module of ours that its list in `sources` does not have: a change to that
 * module would not be built.
 * @param {string[]} paths
 * @returns {import('vite').Plugin}
 */
function onlyFrom(paths) {
  return {
    name: 'foyer:only-from',
    buildEnd(error) {
      if (error) return;
      for (const id of this.getModuleIds()) {
        const path = relative(root, id.split('?')[0] ?? '').replaceAll('\\', '/');
        if (id.startsWith('\0') || path.startsWith('..') || path.startsWith('node_modules/'))
          continue;
        if (paths.some((covered) => path === covered || path.startsWith(`${covered}/`))) continue;
        this.error(`It reads ${path}, which \`sources\` in scripts/build.mjs does not list.`);
      }
    },
  };
}

/**
 * A file and all files of ours that it imports, and what those import.
 * @param {string} path
 * @param {Set<string>} [closure]
 * @returns {Set<string>}
 */
function closureOf(path, closure = new Set()) {
  if (closure.has(path)) return closure;
  closure.add(path);
  const source = readFileSync(join(root, path), 'utf8');
  for (const [, from = ''] of source.matchAll(/^(?:import|export|\}) .*'(\.[^']+)';$/gm)) {
    closureOf(posix.join(posix.dirname(path), from), closure);
  }
  return closure;
}

/**
 * What was built from what, by name of the build.
 * @returns {Record<string, Built>}
 */
function readRecord() {
  try {
    return JSON.parse(readFileSync(recordFile, 'utf8'));
  } catch {
    return {};
  }
}

/** @param {Record<string, Built>} record */
function writeRecord(record) {
  writeFileSync(`${recordFile}.new`, JSON.stringify(record, null, 2));
  renameSync(`${recordFile}.new`, recordFile);
}

/**
 * @param {Built | undefined} built
 * @param {string} hash
 */
function isBuilt(built, hash) {
  return (
    built !== undefined &&
    built.hash === hash &&
    built.files.every((file) => existsSync(join(client, file)))
  );
}

/** @param {string[]} paths */
function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(filesBelow)) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/**
 * The files at or below a path, in a stable order; tests are no part of a build.
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name }) => (/\.test\.tsx?$/.test(name) ? [] : filesBelow(`${path}/${name}`)));
}

/**
 * Removes what earlier builds left in dist/client.
 * @param {Set<string>} keep
 */
function prune(keep) {
  for (const entry of readdirSync(client, { withFileTypes: true, recursive: true })) {
    if (entry.isDirectory()) continue;
    const full = join(entry.parentPath, entry.name);
    const name = full.slice(client.length + 1).replaceAll('\\', '/');
    if (!keep.has(name)) rmSync(full);
  }
}

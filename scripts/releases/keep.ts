import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { z } from 'zod';
import { bundleWorker } from '../../bench/harness/bundle.ts';
import { FROZEN } from '../../drizzle/migrations/frozen.ts';
import { root } from '../install.mjs';

/**
 * `node scripts/releases/keep.ts`, once a version is released: keeps its Worker, which the next
 * version is tried against (rollback.test.ts). A file, since a clone may lack the history, and the
 * packages that the release was built from.
 */

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
const script = bundleWorker({ main: 'worker/index.ts', minify: true });

writeFileSync(
  join(import.meta.dirname, 'previous.js.br'),
  brotliCompressSync(script, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
  }),
);
const release = {
  version,
  commit,
  migrations: FROZEN.sqlite.map(({ name }) => name),
  sha256: createHash('sha256').update(script).digest('hex'),
};
writeFileSync(join(import.meta.dirname, 'previous.json'), `${JSON.stringify(release, null, 2)}\n`);
console.log(`Kept the Worker of ${version}.`);

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unstable_getMiniflareWorkerOptions } from 'wrangler';
import { bundleWorker, root } from '../../bench/harness/bundle.ts';
import { prepareLocal } from '../../scripts/local/local.mjs';
import type { Built } from './built.ts';

/** Builds what the Foyers of a run have in common; `dispose` removes its folder. */
export function build(): { built: Built; dispose: () => void } {
  const template = mkdtempSync(join(tmpdir(), 'foyer-e2e-template-'));
  // Before the options: it writes .dev.vars.
  prepareLocal(template);
  const { workerOptions: options } = unstable_getMiniflareWorkerOptions(
    join(root, 'wrangler.toml'),
  );
  return {
    built: { script: bundleWorker({ main: 'worker/index.ts' }), options, template },
    dispose: () => rmSync(template, { recursive: true, force: true }),
  };
}

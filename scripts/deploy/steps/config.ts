import { renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Deployment, Step } from '../deployment.ts';
import { wranglerConfig } from '../wrangler-config.ts';

/** Writes the configuration that wrangler deploys with. */
export const config: Step = {
  name: 'Configuration',
  plan: ({ configFile }) => [`Writes ${configFile} from wrangler.toml and the settings.`],
  run: async (deployment) => {
    writeConfig(deployment);
    return `Wrote ${deployment.configFile}, from wrangler.toml and the settings.`;
  },
};

export function writeConfig(deployment: Deployment): void {
  const { base, settings, pause, settingsFile, configFile } = deployment;
  const file = join(dirname(settingsFile), configFile);
  const text = JSON.stringify(wranglerConfig(base, settings, { paused: pause }), null, 2);
  writeFileSync(`${file}.new`, `${text}\n`);
  renameSync(`${file}.new`, file);
}

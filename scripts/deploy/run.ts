import { Explained } from '../install.mjs';
import type { Deployment, Step } from './deployment.ts';
import { account } from './steps/account.ts';
import { bucket } from './steps/bucket.ts';
import { build } from './steps/build.ts';
import { config } from './steps/config.ts';
import { database } from './steps/database.ts';
import { healthy } from './steps/health.ts';
import { hyperdrive } from './steps/hyperdrive.ts';
import { migrations } from './steps/migrations.ts';
import { publish } from './steps/publish.ts';
import { tidy } from './steps/tidy.ts';
import { worker } from './steps/worker.ts';

/**
 * The steps of a deployment, in their order. What fails or takes long comes before the running
 * version is touched; migrations come before the code that needs them.
 */
const steps: Step[] = [
  account,
  worker,
  // Which one, the step before may have found out.
  {
    name: 'Database',
    plan: (deployment) => databaseOf(deployment).plan(deployment),
    run: (deployment) => databaseOf(deployment).run(deployment),
  },
  // Another resource, such as a queue, gets its step here.
  bucket,
  config,
  build,
  migrations,
  // Each change of a secret is a version of its own: before ours, so that the one before ours is the
  // one that `wrangler rollback` goes back to.
  tidy,
  publish,
  healthy,
];

const databaseOf = ({ onPostgres }: Deployment) => (onPostgres ? hyperdrive : database);

/** Shows what each step would do. */
export function showPlan(deployment: Deployment): void {
  const { print } = deployment.world;
  print(`Foyer ${deployment.version}, --dry-run: nothing is run or written.`);
  for (const [index, { name, plan }] of steps.entries()) {
    print(`\n${index + 1}. ${name}`);
    for (const line of plan(deployment)) print(`   ${line}`);
  }
}

/** Runs all steps. Throws `Explained` at the first that fails, with what to do. */
export async function run(deployment: Deployment): Promise<void> {
  const { print } = deployment.world;
  print(
    `Foyer ${deployment.version} to Cloudflare, with the settings of ${deployment.settingsFile}`,
  );
  for (const { name, run: runStep } of steps) {
    print(`\n${name}`);
    try {
      print(`  ${await runStep(deployment)}`);
    } catch (error) {
      if (!(error instanceof Explained)) throw error;
      throw new Explained(
        `${name} failed. ${error.message}\n\nThe earlier steps stay done. Fix the problem and run the same ` +
          'command again.',
      );
    }
  }
  print(closing(deployment));
}

function closing({
  published,
  bootstrapCode: setupCode,
  isSetUp,
  version,
  pause,
  configFile,
}: Deployment): string {
  const origin = published?.origin ?? '';
  if (pause) return `\nFoyer is paused at ${origin}. \`npm run deploy\` ends that.`;
  const lines = [`\nFoyer ${version} is at ${origin}`, ''];
  if (isSetUp === false) {
    // A fragment is never sent to a server, so no log has the code.
    lines.push(`  Set-up page   ${origin}/admin/setup${setupCode ? `#${setupCode}` : ''}`);
    if (!setupCode) lines.push('  Set-up code   the FOYER_SETUP_CODE that you chose');
    lines.push(
      '',
      'Open the page and create your organization and your account. Anyone with this link or its code can do',
      'that once. It is shown only here. Until there is an owner, each deploy makes a new one.',
    );
  } else {
    lines.push(`  Dashboard     ${origin}/admin`);
  }
  lines.push('', `Logs: npx wrangler tail --config ${configFile}`);
  return lines.join('\n');
}

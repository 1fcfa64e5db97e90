import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkLocalDatabase, checkMigrationFiles } from './doctor/database.mjs';
import { failed, isUnwell, note, ok, report } from './doctor/findings.mjs';
import {
  checkDataFolder,
  checkDisk,
  checkNode,
  checkNpm,
  checkPackages,
  checkPort,
  checkVars,
} from './doctor/machine.mjs';
import { checkRunning, isFoyer } from './doctor/running.mjs';
import { Explained, main, projectNode, root } from './install.mjs';

/** @import { Finding } from './doctor/findings.mjs' */

const help = `npm run doctor: checks an installation, and says what is wrong and what to do.

  npm run doctor                                    this machine, and the Foyer that runs on it
  npm run doctor -- --url https://chat.example.com  one that is deployed

It changes nothing. It needs no installed packages, but sees more with them.

  FOYER_PROBE_TOKEN  with --url: the Worker's secret of that name, to look at each of its parts
  PORT, FOYER_DATA   as for npm start

The exit code is 0 if there is nothing to do, and 1 otherwise.
`;

/** The Node that somebody ran this with, where this is the project's own. */
const FIRST_NODE = 'FOYER_DOCTOR_NODE';

await main(async () => {
  const args = process.argv.slice(2).flatMap((arg) => arg.split(/=(.*)/s).filter(Boolean));
  if (args.includes('--help') || args.includes('-h')) {
    console.log(help);
    return;
  }
  const url = readUrl(args);
  // It can open the local database, which an older one cannot.
  if (existsSync(projectNode) && !process.env[FIRST_NODE]) {
    const { status } = spawnSync(projectNode, process.argv.slice(1), {
      env: { ...process.env, [FIRST_NODE]: process.version },
      stdio: 'inherit',
    });
    process.exitCode = status ?? 1;
    return;
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const describe = await catalogue();
  const findings = url
    ? await checkRunning({
        ...{ origin: url, name: 'Foyer', version, describe },
        ...(process.env.FOYER_PROBE_TOKEN && { token: process.env.FOYER_PROBE_TOKEN }),
      })
    : await local(version, describe);
  console.log(`\n${url ?? 'This machine'}\n\n${report(findings)}\n`);
  if (isUnwell(findings)) process.exitCode = 1;
});

/**
 * @param {string[]} args
 * @returns {string | null} an origin; null for this machine
 */
function readUrl(args) {
  const [option, value = '', ...more] = args;
  if (option === undefined) return null;
  if (option !== '--url' || more.length > 0) {
    throw new Explained(`npm run doctor does not know "${args.join(' ')}".\n\n${help}`);
  }
  const address = /^https?:\/\//.test(value) ? value : `https://${value}`;
  if (value === '' || !URL.canParse(address)) {
    throw new Explained(
      `"${value}" is not an address. For example: --url https://chat.example.com`,
    );
  }
  return new URL(address).origin;
}

/**
 * @param {string} version
 * @param {(code: string) => { text: string, todo: string } | null} describe
 * @returns {Promise<Finding[]>}
 */
async function local(version, describe) {
  const folder = resolve(process.env.FOYER_DATA || join(root, '.foyer'));
  const port = Number(process.env.PORT || '8787');
  const { findings: settings, vars } = checkVars(join(root, '.dev.vars'));
  const drizzle = join(root, 'drizzle');
  const released = [
    ...checkMigrationFiles(drizzle, 'sqlite'),
    ...checkMigrationFiles(drizzle, 'postgres'),
  ];
  const origin = `http://localhost:${port}`;
  const runs = await isFoyer(origin);
  return [
    checkNode(process.env[FIRST_NODE] ?? process.version),
    checkNpm(),
    checkPackages(),
    checkDisk(
      join(root, '.wrangler'),
      'Free some space there, or move the project to another disk.',
    ),
    checkDisk(folder, 'Free some space there, or use another folder: FOYER_DATA=… npm start'),
    ...settings,
    ...(released.length > 0 ? released : [ok('The migrations are unchanged since their release.')]),
    ...checkDataFolder(folder),
    ...(await checkLocalDatabase(folder, drizzle)),
    ...(runs
      ? await checkRunning({
          ...{ origin, name: 'The local Foyer', version, describe },
          ...(vars.FOYER_PROBE_TOKEN && { token: vars.FOYER_PROBE_TOKEN }),
        })
      : [await usable(port), note(`Foyer is not running at ${origin}.`, '`npm start` starts it.')]),
    ...deployed(),
  ];
}

/**
 * @param {number} port
 * @returns {Promise<Finding>}
 */
async function usable(port) {
  if (Number.isInteger(port) && port > 0 && port < 65536) return checkPort(port);
  return failed(`PORT is "${process.env.PORT}".`, 'It must be a number from 1 to 65535.');
}

/**
 * Where an installation of this checkout is, as `npm run deploy` wrote it down.
 * @returns {Finding[]}
 */
function deployed() {
  const file = join(root, 'foyer.config.json');
  if (!existsSync(file)) return [];
  try {
    const { address } = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof address !== 'string') return [];
    return [
      note(`This checkout was deployed to ${address}.`, `npm run doctor -- --url ${address}`),
    ];
  } catch {
    return [failed('foyer.config.json is not JSON.', 'Correct it; `npm run deploy` needs it.')];
  }
}

/**
 * What the codes of /api/health mean, from the Worker's own catalogue. A Node that does not read
 * TypeScript knows the codes alone.
 * @returns {Promise<(code: string) => { text: string, todo: string } | null>}
 */
async function catalogue() {
  try {
    /** @type {{ PROBLEMS: Record<string, readonly [string, string, string]> }} */
    const { PROBLEMS } = await import('../worker/kernel/problems.ts');
    return (code) => {
      const problem = PROBLEMS[code];
      return problem ? { text: problem[1], todo: problem[2] } : null;
    };
  } catch {
    return () => null;
  }
}

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Explained, environment, install, main, projectNode, root } from './install.mjs';
import { isTestFile, runFiles } from './test/files.mjs';

const help = `npm test: every check, cheapest first. Stops at the first failure.

  npm test -- NAME…         only these: NAMES
  npm test -- FILE…         the tests of these files, as protocol/text/text.test.ts; Vitest's options may follow: -t 'part of a name'
  npm test -- NAME… FILE…   the same in one check: a Worker test runs in \`workers\` and again in \`postgres\`
  npm test -- --keep-going  all of them, whatever fails
`;

/**
 * A check: its commands run one after the other, in the project's Node. With `report`, Vitest
 * writes what it counted there; any other command counts as one check. `loud`: what it printed is
 * shown when it passed, too.
 * @typedef {{ name: string, commands: string[][], report?: string, loud?: boolean }} Step
 * @typedef {{ passed: number, failed: number }} Count
 */

const scratch = mkdtempSync(join(tmpdir(), 'foyer-test-'));

/** @param {string} name */
const tool = (name) => join(root, 'node_modules', name);

/**
 * @param {string} name of a project in vitest.config.ts
 * @param {{ loud?: boolean }} [options]
 * @returns {Step}
 */
function vitest(name, { loud = false } = {}) {
  const report = join(scratch, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return {
    name,
    commands: [[tool('vitest/vitest.mjs'), 'run', '--project', name, ...reporters]],
    report,
    loud,
  };
}

/** What some checks need first, whether it was asked for or not. @type {Record<string, string[]>} */
const neededBy = {
  build: ['budgets', 'workers', 'postgres', 'e2e', 'e2e-postgres'],
  browser: ['e2e', 'e2e-postgres'],
};

/** Every bench that has a quick run: what nobody runs rots. Judged by what it counts, never by time. */
const benches = {
  name: 'benches',
  commands: [[join(root, 'bench', 'index.ts'), '--quick']],
};

/**
 * Steps that run at the same time. A step starts in the order given, as soon as one of three places
 * is free: the longest come first, so that the short ones fill what is left at the end.
 * @type {Step[][]}
 */
const stages = [
  [
    // Builds the Worker's declarations first, which the dashboard's client is checked against.
    { name: 'types', commands: [[tool('typescript/bin/tsc'), '--build']] },
    { name: 'build', commands: [[join(root, 'scripts', 'build.mjs')]] },
    { name: 'unused', commands: [[tool('knip/bin/knip.js')]] },
    {
      name: 'lint',
      commands: [[tool('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings']],
    },
    { name: 'browser', commands: [[join(root, 'e2e', 'find-browser.ts')]] },
  ],
  [vitest('budgets', { loud: true })],
  [
    vitest('workers'),
    vitest('postgres'),
    vitest('e2e'),
    benches,
    vitest('unit'),
    vitest('components'),
    vitest('databases'),
    vitest('e2e-postgres'),
    vitest('walkthroughs'),
  ],
];

/**
 * Each runs its files one after the other, the browser tests two at a time, and waits now and then: this
 * keeps two cores busy.
 */
const PLACES = 3;

await main(async () => {
  const args = process.argv.slice(2);
  const names = [...new Set(stages.flat().map(({ name }) => name))];
  if (args.includes('--help') || args.includes('-h')) {
    console.log(help.replace('NAMES', names.join(' ')));
    return;
  }
  if (args.some(isTestFile)) {
    runFiles(args, names);
    return;
  }
  const named = args.filter((arg) => arg !== '--keep-going');
  const unknown = named.find((arg) => !names.includes(arg));
  if (unknown)
    throw new Explained(
      `No check is named ${unknown}. There are: ${names.join(' ')}. ` +
        'For one file, name it: npm test -- protocol/text/text.test.ts',
    );
  install();
  const total = await runStages(args.includes('--keep-going'), named);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  if (total.failed > 0) process.exitCode = 1;
});
rmSync(scratch, { recursive: true, force: true });

/**
 * @param {boolean} keepGoing
 * @param {string[]} names all, if empty
 * @returns {Promise<Count>}
 */
async function runStages(keepGoing, names) {
  /** @param {string} name */
  const isWanted = (name) => names.length === 0 || names.includes(name);
  const began = performance.now();
  const total = { passed: 0, failed: 0 };
  for (const stage of stages) {
    const waiting = stage.filter(({ name }) => isWanted(name) || neededBy[name]?.some(isWanted));
    const places = Array.from({ length: PLACES }, () => runPlace(waiting, keepGoing, total));
    await Promise.all(places);
    if (total.failed > 0 && !keepGoing) {
      console.log('Stopped here; `npm test -- --keep-going` also runs the rest.');
      break;
    }
  }
  console.log(`${seconds(began)} in all.`);
  return total;
}

/**
 * Runs one step after the other, until none waits.
 * @param {Step[]} waiting each place takes the first one out
 * @param {boolean} keepGoing
 * @param {Count} total is counted on; a failure elsewhere ends this place, too
 */
async function runPlace(waiting, keepGoing, total) {
  for (let step = waiting.shift(); step; step = waiting.shift()) {
    if (total.failed > 0 && !keepGoing) return;
    const { passed, failed } = await runStep(step);
    total.passed += passed;
    total.failed += failed;
  }
}

/**
 * @param {Step} step
 * @returns {Promise<Count>}
 */
async function runStep({ name, commands, report, loud }) {
  const began = performance.now();
  let failed = false;
  let output = '';
  for (const command of commands) {
    const result = await run(command);
    failed ||= result.failed;
    output += result.output;
  }
  const count = counted(report, failed);
  if (failed || loud) console.log(output.trim());
  const tests = report ? `  ${count.passed} passed, ${count.failed} failed` : '';
  console.log(
    `${failed ? 'FAIL' : 'ok  '}  ${name.padEnd(8)} ${seconds(began).padStart(7)}${tests}`,
  );
  return count;
}

/**
 * @param {string[]} command
 * @returns {Promise<{ failed: boolean, output: string }>}
 */
function run(command) {
  return new Promise((done) => {
    let output = '';
    const child = spawn(projectNode, command, {
      cwd: root,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.once('error', (error) => done({ failed: true, output: `${output}${error.message}\n` }));
    child.once('close', (code) => done({ failed: code !== 0, output }));
  });
}

/**
 * What a step adds to the closing line. One that failed without a failing test, as when a file
 * does not load, counts as one failure.
 * @param {string | undefined} report
 * @param {boolean} failed
 * @returns {Count}
 */
function counted(report, failed) {
  let passed = failed || report ? 0 : 1;
  let failures = 0;
  if (report) {
    try {
      const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
      passed = numPassedTests;
      failures = numFailedTests;
    } catch {
      // It ended before it wrote one, and its exit code says so.
    }
  }
  return { passed, failed: failed ? Math.max(failures, 1) : failures };
}

/** @param {number} began */
function seconds(began) {
  return `${((performance.now() - began) / 1000).toFixed(1)} s`;
}

import { spawn, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Explained, environment, install, main, projectNode, root, wrangler } from './install.mjs';
import { assertWritable, makeScratch } from './local/disk.mjs';
import { lock, startGuard, watchNpm } from './local/guard.mjs';
import { prepareLocal, preparePostgres, shown } from './local/local.mjs';
import { answerOnIpv6, assertFree } from './local/loopback.mjs';
import { mailFolder, tellMails } from './mails.mjs';

const help = `npm start: Foyer on this machine, with demo data.

It installs, builds, migrates and loads what is missing, then runs until Ctrl-C.

  npm start -- --database postgres   on a Postgres that it brings, not on D1
  npm run dev                        the same, with hot reload of the dashboard and the widget

  PORT          the port on localhost (8787)
  FOYER_DATA    the folder of the local state (.foyer); delete it to start over
  DATABASE_URL  with --database postgres: a Postgres of your own
  FOYER_DEMO    \`people\`: the demo's departments and agents, without conversations

FOYER_QUOTAS and FOYER_TURNSTILE_* go on to the Worker (docs/security.md, docs/deploy.md).
`;

/** Variables of the Worker that go before .dev.vars where the environment has them. */
const passedOn = [
  'FOYER_QUOTAS',
  'FOYER_TURNSTILE_SITE_KEY',
  'FOYER_TURNSTILE_SECRET',
  'FOYER_TURNSTILE_SITEVERIFY',
];

const READY_WITHIN_MS = 60_000;
const END_WITHIN_MS = 5_000;

await main(async () => {
  if (process.argv.includes('--help') || process.argv.includes('-h')) {
    console.log(help);
    return;
  }
  const postgres = readDatabase() === 'postgres';
  const port = readPort();
  const folder = resolve(process.env.FOYER_DATA || join(root, '.foyer'));
  const whenNpmEnds = watchNpm();
  install();
  const guard = startGuard();
  keepHomeOut(guard);
  assertWritable(join(root, '.wrangler'), 'Move the project to a disk with free space.');
  assertWritable(folder, 'Free some space there, or use another folder: FOYER_DATA=… npm start');
  await lock(folder, guard);
  await assertFree(port);
  const { status } = spawnSync(projectNode, [join(root, 'scripts', 'build.mjs')], {
    cwd: root,
    env: environment,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Explained('The build failed. See its output above.');
  if (!postgres) {
    const loaded = prepareLocal(folder);
    await serve({ port, folder, postgres: null, isNew: loaded, guard, whenNpmEnds });
    return;
  }
  const database = await preparePostgres(folder, (group) =>
    guard.leave({ group, signal: 'SIGINT' }),
  );
  try {
    const isNew = database.loaded;
    await serve({ port, folder, postgres: database, isNew, guard, whenNpmEnds });
  } finally {
    await database.stop();
  }
});

/** @returns {'d1' | 'postgres'} */
function readDatabase() {
  const args = process.argv.slice(2).flatMap((arg) => arg.split('='));
  const [option, value, ...more] = args;
  if (option === undefined) return 'd1';
  if (option === '--database' && (value === 'd1' || value === 'postgres') && more.length === 0) {
    return value;
  }
  throw new Explained(`npm start does not know "${args.join(' ')}".\n\n${help}`);
}

/** @returns {number} */
function readPort() {
  const text = process.env.PORT || '8787';
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new Explained(`PORT is "${text}"; it must be a number from 1 to 65535.`);
}

/** The port of the development server in front of this one (scripts/dev.mjs), if there is one. */
function devPort() {
  return process.env.FOYER_DEV_PORT ? Number(process.env.FOYER_DEV_PORT) : null;
}

/**
 * Has the tools write their own things where the guard removes them, so that the home folder may
 * be read-only and gets nothing.
 * @param {ReturnType<typeof startGuard>} guard
 */
function keepHomeOut(guard) {
  const scratch = makeScratch();
  guard.leave({ path: scratch });
  Object.assign(environment, { HOME: scratch, XDG_CONFIG_HOME: scratch, TMPDIR: scratch });
}

/**
 * Runs the Worker until somebody ends it.
 * `postgres` is null on D1; `isNew`: whether the demo's people have no conversations yet.
 * @param {{ port: number, folder: string, postgres: { url: string, demo: boolean } | null,
 *   isNew: boolean, guard: ReturnType<typeof startGuard>,
 *   whenNpmEnds: ReturnType<typeof watchNpm> }} options
 */
async function serve({ port, folder, postgres, isNew, guard, whenNpmEnds }) {
  const args = ['dev', '--ip', '127.0.0.1', '--port', `${port}`, '--inspector-port', '0'];
  for (const name of passedOn) {
    const value = process.env[name];
    if (value !== undefined) args.push('--var', `${name}:${value}`);
  }
  args.push('--persist-to', folder, '--show-interactive-dev-session=false');
  // Of the environment that binds Postgres and not D1 wrangler warns, every time, that D1 is missing.
  args.push(...(postgres ? ['--env', 'postgres', '--log-level=error'] : ['--log-level=warn']));
  const child = spawn(projectNode, [wrangler, ...args], {
    cwd: root,
    // What wrangler.toml's build would do is done.
    env: {
      ...environment,
      FOYER_PREPARED: '1',
      ...(postgres && { CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_HYPERDRIVE: postgres.url }),
    },
    stdio: ['ignore', 'inherit', 'inherit'],
    // A process group of its own, so that workerd and whatever else it starts end with it.
    detached: true,
  });
  if (child.pid !== undefined) guard.leave({ group: child.pid, signal: 'SIGTERM' });
  /** @param {NodeJS.Signals} signal */
  const signalAll = (signal) => {
    if (child.pid === undefined) return;
    try {
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
    } catch {
      // All of it is gone.
    }
  };
  const ended = new Promise((done) => {
    child.once('exit', (code, signal) => done(signal ?? `code ${code}`));
    child.once('error', (error) => done(error.message));
  });
  let ending = false;
  let stopIpv6 = () => {};
  const end = () => {
    if (ending) return;
    ending = true;
    stopIpv6();
    signalAll('SIGTERM');
    setTimeout(() => signalAll('SIGKILL'), END_WITHIN_MS).unref();
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, end);
  }
  // A program that started this one over a channel takes it along when it ends; so do npm, whose
  // shell dies of a signal without passing it on, and the terminal that this writes to.
  process.on('disconnect', end);
  process.channel?.unref();
  whenNpmEnds(end);
  process.stdout.on('error', end);
  process.stderr.on('error', end);
  process.on('exit', () => signalAll('SIGKILL'));

  const ready = await Promise.race([isHealthy(port), ended.then(() => false)]);
  if (ready) {
    if (isNew && process.env.FOYER_DEMO !== 'people') playDemo(port);
    // Not before: while the demo plays nothing is passed on.
    stopIpv6 = await answerOnIpv6(devPort() ?? port);
    if (ending) stopIpv6();
    console.log(welcome(devPort() ?? port, folder, postgres));
    tellMails((text) => console.log(text));
  } else if (!ending && child.exitCode === null && child.signalCode === null) {
    end();
    await ended;
    throw new Explained(`The Worker gave no answer for ${READY_WITHIN_MS / 1000} s.`);
  }
  const how = await ended;
  stopIpv6();
  if (!ending) throw new Explained(`wrangler ended unexpectedly (${how}). See its output above.`);
}

/**
 * Has the demo's conversations. Foyer runs without them, too.
 * @param {number} port
 */
function playDemo(port) {
  const args = [join(root, 'drizzle', 'demo', 'play.ts'), '--origin', `http://localhost:${port}`];
  const { status, stderr } = spawnSync(projectNode, args, {
    cwd: root,
    env: environment,
    encoding: 'utf8',
  });
  if (status !== 0) console.error(`The demo's conversations could not be created:\n${stderr}`);
}

/**
 * Waits until the Worker answers.
 * @param {number} port
 */
async function isHealthy(port) {
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/api/health`);
      if (answer.ok) return true;
    } catch {
      // Not listening yet.
    }
    await sleep(100);
  }
  return false;
}

/**
 * @param {number} port
 * @param {string} folder
 * @param {{ url: string, demo: boolean } | null} postgres
 */
function welcome(port, folder, postgres) {
  const origin = `http://localhost:${port}`;
  const signIn =
    postgres && !postgres.demo
      ? '  Sign in     with an account of that database: only a database on this machine gets demo data\n'
      : '  Sign in as  owner@acme.example or agent@acme.example, password foyer-demo\n';
  // A password on a screen is in logs and pictures soon.
  const where = process.env.DATABASE_URL
    ? ''
    : `, with the password in ${shown(join(folder, 'postgres', 'password'))}`;
  const database = postgres
    ? `  Postgres    ${postgres.url.replace(/:[^:@/]*@/, '@')}${where}\n`
    : '';
  return `
Foyer is ready.

  Test page   ${origin}/test-widget.html
  Dashboard   ${origin}/admin
${signIn}${database}  E-mails     are not sent: each is shown here, and a file below ${shown(mailFolder)} until this ends

The data is in ${shown(folder)}. Ctrl-C ends everything.
`;
}

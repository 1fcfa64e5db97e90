import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { canLimitDisk, onSmallDisk } from '../bench/harness/small-disk.ts';
import { answerOnIpv6, assertFree } from './local/loopback.mjs';

/** What a start says that cannot be: it ends before it builds or runs anything. */

/** A container may be without. */
const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);

const script = join(import.meta.dirname, 'start.mjs');

function scratch() {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-start-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts it with a folder of data, on a disk of one megabyte if `small`. */
function start(data: string, small = false) {
  const command = small ? onSmallDisk(data, 1) : [];
  const [program = '', ...args] = [...command, process.execPath, script];
  const { status, stderr } = spawnSync(program, args, {
    env: { ...process.env, FOYER_DATA: data, PORT: '1' },
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).not.toContain('    at ');
  return stderr.trim();
}

async function listen(host: string) {
  const server = createServer((socket) => socket.pipe(socket)).listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}

test('O11: a data folder that cannot be made is told in a sentence', () => {
  const file = join(scratch(), 'file');
  writeFileSync(file, '');
  expect(start(join(file, 'data'))).toMatch(/^Nothing can be written to .*: it is not a folder/);
  expect(start(file)).toMatch(/^Nothing can be written to .*: it is not a folder/);
});

test.runIf(canLimitDisk())('O11: a full disk is told in a sentence', () => {
  expect(start(scratch(), true)).toMatch(/^Nothing can be written to .*: the disk is full/);
});

test('O11: two starts cannot have one port, on either address', async () => {
  for (const host of ['127.0.0.1', ...(hasIpv6 ? ['::1'] : [])]) {
    const port = await listen(host);
    await expect(assertFree(port)).rejects.toThrow(`Port ${port} is used by another program`);
  }
});

test.runIf(hasIpv6)('O11: what comes to [::1] goes to 127.0.0.1, and back', async () => {
  const port = await listen('127.0.0.1');
  onTestFinished(await answerOnIpv6(port));
  const socket = connect(port, '::1');
  socket.end('hello');
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toBe('hello');
  await once(socket, 'end');
});

test('O11: what a killed start leaves is ended and removed', async () => {
  const folder = scratch();
  const left = join(folder, 'left');
  const guardModule = JSON.stringify(join(import.meta.dirname, 'local', 'guard.mjs'));
  const starter = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { spawn } from 'node:child_process';
      import { lock, startGuard } from ${guardModule};
      const guard = startGuard();
      await lock(${JSON.stringify(folder)}, guard);
      guard.leave({ path: ${JSON.stringify(left)} });
      const child = spawn('sh', ['-c', 'trap "" TERM; sleep 600 & wait'], { detached: true, stdio: 'ignore' });
      guard.leave({ group: child.pid, signal: 'SIGTERM' });
      console.log(child.pid);
      setInterval(() => {}, 1000);`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [pid] = await once(starter.stdout, 'data');
  mkdirSync(left);
  expect(existsSync(join(folder, 'foyer.pid'))).toBe(true);
  starter.kill('SIGKILL');
  await expect.poll(() => readdirSync(folder), { timeout: 10_000 }).toEqual([]);
  const processes = spawnSync('ps', ['-eo', 'pgid=,stat='], { encoding: 'utf8' }).stdout.split(
    '\n',
  );
  // A zombie has ended; who collects it is the system's business.
  const alive = processes
    .map((line) => line.trim().split(/\s+/))
    .filter(([, stat]) => stat?.[0] !== 'Z');
  expect(alive.map(([group]) => group)).not.toContain(String(pid).trim());
}, 20_000);

test('O11: the end of npm is noticed through the shell between', async () => {
  const folder = scratch();
  const guardModule = JSON.stringify(join(import.meta.dirname, 'local', 'guard.mjs'));
  const child = `import { writeFileSync } from 'node:fs';
    import { watchNpm } from ${guardModule};
    watchNpm()(() => { writeFileSync('ended', ''); process.exit(); });
    writeFileSync('began', '');
    setTimeout(() => {}, 15_000);`;
  writeFileSync(join(folder, 'child.mjs'), child);
  const shell = JSON.stringify(`"${process.execPath}" child.mjs; true`);
  const npm = spawn(
    process.execPath,
    ['--eval', `require('node:child_process').spawnSync('sh', ['-c', ${shell}])`],
    { cwd: folder, env: { ...process.env, npm_lifecycle_event: 'start' }, stdio: 'ignore' },
  );
  await expect.poll(() => existsSync(join(folder, 'began')), { timeout: 10_000 }).toBe(true);
  npm.kill('SIGKILL');
  await expect.poll(() => existsSync(join(folder, 'ended')), { timeout: 5_000 }).toBe(true);
}, 20_000);

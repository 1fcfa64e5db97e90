import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../harness/port.ts';

/** A rival's server in its own process. */
export type Rival = { origin: string; pid: number; stop(): Promise<void> };

export async function startRival(name: 'socket-io' | 'ws', databaseUrl: string): Promise<Rival> {
  const port = await freePort();
  const child = fork(join(import.meta.dirname, `${name}.ts`), {
    env: { ...process.env, PORT: `${port}`, DATABASE_URL: databaseUrl, NODE_ENV: 'production' },
  });
  const exited = once(child, 'exit');
  const died = exited.then(() => {
    throw new Error(`The rival ${name} ended before it was ready.`);
  });
  await Promise.race([once(child, 'message'), died]);
  died.catch(() => {});
  return {
    origin: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    async stop() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

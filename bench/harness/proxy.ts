import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';

/** A network that can be cut: a proxy that forwards bytes until it drops all connections. */
export type Network = {
  /** The address to which clients connect instead of the server. */
  origin: string;
  /** Ends all connections on both sides, like a lost network. */
  cut(): void;
  stop(): Promise<void>;
};

/** Runs in its own process, which has its own limit of open files. */
export async function startProxy(target: { origin: string }): Promise<Network> {
  const child = fork(join(import.meta.dirname, 'proxy-process.ts'));
  child.send({ port: Number(new URL(target.origin).port) });
  const [address] = await once(child, 'message');
  const { port } = z.object({ port: z.number() }).parse(address);
  return {
    origin: `http://127.0.0.1:${port}`,
    cut: () => void child.send('cut'),
    async stop() {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}

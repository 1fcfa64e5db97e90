import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';

/** A network that can be cut: passes bytes on to a server until it is told to drop everybody. */
export type Network = {
  /** Where clients connect to instead of the server. */
  origin: string;
  /** Ends every connection at both ends at once, as a lost network does. */
  cut(): void;
  stop(): Promise<void>;
};

/** In a process of its own, which has its own share of open files. */
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

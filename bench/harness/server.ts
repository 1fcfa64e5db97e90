import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import { bundleWorker } from './bundle.ts';
import { childOf } from './memory.ts';
import { onSmallDisk } from './small-disk.ts';

/** The secret that signs the tokens and cookies of the bench's people, on the server and here. */
export const SECRET = 'a secret of 32 bytes or more, for benches only';

/** The options of a server process; see server-process.ts. */
export type ServerOptions = {
  /** The folder of the objects and the database; a later server in it has the same data. */
  folder: string;
  /** The port to listen on; 0 for any. */
  port: number;
  /** How many agents the organization has at least. */
  agents: number;
  /** Whether faults can be injected; see bench/worker/faults.ts. */
  faults: boolean;
  /** The address of the Postgres to run on; null for D1. */
  postgres: string | null;
  /** Milliseconds of D1's answers to objects, whose time awake is then counted; null for neither. */
  databaseWait: number | null;
  /** Whether it has a debugger, for profiler.ts. */
  debugger: boolean;
  /**
   * Whether requests are limited as Miniflare does it: a request to a Worker of its own for each. At
   * Cloudflare a limit is a count in memory beside the Worker.
   */
  limits: boolean;
  /** Whether it runs the Worker of an earlier release (release.ts), which has no relays. */
  isRelease: boolean;
};

const ready = z.object({ origin: z.string(), debuggerUrl: z.string().nullable() });

/** Further options for starting a server. */
type Around = {
  folder: string;
  /** The Worker of an earlier release; left out: this one, with what it is compared with. */
  release?: string;
  /** The size in megabytes of a disk for its folder; only if `canLimitDisk`. It is removed with the server. */
  megabytes?: number;
};

/** Foyer in workerd itself, without wrangler's proxy, in a process that can be measured or killed. */
export type Server = {
  /** `http://127.0.0.1:…`; restart it with the same port to keep the address. */
  origin: string;
  port: number;
  /** Of the Worker's isolate, `ws://…`; null without one. */
  debuggerUrl: string | null;
  /** workerd's own, for its memory and CPU time. */
  pid: number;
  /** Kills it like a crash: SIGKILL, without further writes. */
  kill(): Promise<void>;
  /** Stops it cleanly. */
  stop(): Promise<void>;
};

let bundled: string | undefined;

/** Starts Foyer with one organization, whose members are in people.ts. */
export async function startServer({
  folder,
  port = 0,
  agents = 2,
  faults = false,
  postgres = null,
  databaseWait = null,
  debugger: hasDebugger = false,
  limits = true,
  megabytes,
  release,
}: Partial<Omit<ServerOptions, 'isRelease'>> & Around): Promise<Server> {
  if (release === undefined) bundled ??= bundleWorker();
  const script = release ?? bundled;
  const options: ServerOptions = {
    folder,
    port,
    agents,
    faults,
    postgres,
    databaseWait,
    debugger: hasDebugger,
    limits,
    isRelease: release !== undefined,
  };
  const node = [process.execPath, join(import.meta.dirname, 'server-process.ts')];
  const [command = '', ...args] = megabytes ? [...onSmallDisk(folder, megabytes), ...node] : node;
  const child = spawn(command, args, {
    // Injected faults would fill the screen.
    stdio: ['ignore', 'ignore', faults ? 'ignore' : 'inherit', 'ipc'],
    // In its own process group, so that workerd can be killed with it.
    detached: true,
  });
  child.send({ script, options });
  const { origin, debuggerUrl } = await Promise.race([readiness(child), failed(child)]);
  const exited = once(child, 'exit');
  return {
    origin,
    port: Number(new URL(origin).port),
    debuggerUrl,
    pid: childOf(child.pid ?? 0, 'workerd'),
    async kill() {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      await exited;
    },
    async stop() {
      // It ends when its channel closes, also when this process dies.
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}

async function readiness(child: ChildProcess): Promise<z.infer<typeof ready>> {
  const [message] = await once(child, 'message');
  return ready.parse(message);
}

async function failed(child: ChildProcess): Promise<never> {
  await once(child, 'exit');
  throw new Error('The server ended before it was ready; what it said is above.');
}

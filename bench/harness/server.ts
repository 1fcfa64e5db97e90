import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import { bundleWorker } from './bundle.ts';
import { childOf } from './memory.ts';
import { onSmallDisk } from './small-disk.ts';

/** Signs the tokens and cookies of the bench's people, at the server and here. */
export const SECRET = 'a secret of 32 bytes or more, for benches only';

/** What a server process is told; see server-process.ts. */
export type ServerOptions = {
  /** Where the objects and the database are kept; the same folder again has the same data. */
  folder: string;
  /** The port to listen on; 0 for any. */
  port: number;
  /** How many agents the organization has at least. */
  agents: number;
  /** Whether things may go wrong on purpose; see bench/worker/faults.ts. */
  faults: boolean;
  /** The address of the Postgres to run on; null for D1. */
  postgres: string | null;
  /** Milliseconds that D1 takes to answer objects, whose time awake is counted then; null for neither. */
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

/** How a server may be started, besides what its process is told. */
type Around = {
  folder: string;
  /** The Worker of an earlier release; left out: this one, with what it is compared with. */
  release?: string;
  /** Its folder is a disk of so many megabytes; only where `canLimitDisk`. It ends with the server. */
  megabytes?: number;
};

/** Foyer in workerd itself, without wrangler's proxy, in a process that can be measured or killed. */
export type Server = {
  /** `http://127.0.0.1:…`; ask for the same port again to keep it over a restart. */
  origin: string;
  port: number;
  /** Of the Worker's isolate, `ws://…`; null without one. */
  debuggerUrl: string | null;
  /** workerd's own, for its memory and CPU time. */
  pid: number;
  /** Ends it as a crash would: SIGKILL, nothing is written any more. */
  kill(): Promise<void>;
  /** Ends it well. */
  stop(): Promise<void>;
};

let bundled: string | undefined;

/** Starts Foyer with one organization; see people.ts for who is in it. */
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
    // What fails on purpose would fill the screen.
    stdio: ['ignore', 'ignore', faults ? 'ignore' : 'inherit', 'ipc'],
    // A group of its own, so that workerd can be killed with it.
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
      // It ends when its channel does, and so also when this process dies.
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

import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';
import type { unstable_getMiniflareWorkerOptions } from 'wrangler';
import { z } from 'zod';
import { readMail } from '../../scripts/mails.mjs';
import { type Foyer, freePort, isMailTo, queryLocal, scratchFolder } from './foyer.ts';

/** What the Foyers of a run have in common, made once (build.ts). */
export type Built = {
  /** The Worker's bundle. */
  script: string;
  /** Its bindings, as wrangler.toml and .dev.vars have them. */
  options: ReturnType<typeof unstable_getMiniflareWorkerOptions>['workerOptions'];
  /** A folder of local state, migrated and with the demo's people. */
  template: string;
};

/** Milliseconds between two looks for a mail. */
const LOOK_EVERY = 100;

/**
 * Starts Foyer on D1 as `npm start` does, with the bindings of wrangler.toml and .dev.vars, but in this
 * process and without wrangler, whose start and proxy cost more than the tests. What `npm start` itself
 * does is tested in e2e/dashboard/first-start.test.ts and by the project `e2e-postgres`.
 *
 * @param vars of the Worker, besides those of .dev.vars
 */
export async function startBuilt(built: Built, vars: Record<string, string> = {}): Promise<Foyer> {
  const folder = scratchFolder(built.template);
  const port = await freePort();
  const mails = join(folder, 'tmp');
  let running: Miniflare | undefined;

  const foyer: Foyer = {
    origin: `http://localhost:${port}`,
    folder,
    async start() {
      running = new Miniflare(
        convertV4MiniflareOptions({
          host: '127.0.0.1',
          port,
          // Where a visitor is, it would ask the network.
          cf: false,
          log: new Log(LogLevel.ERROR),
          logRequests: false,
          // Nobody reads the Worker's log here.
          handleStructuredLogs: () => {},
          resourcePersistencePath: join(folder, 'v3'),
          resourceTmpPath: mails,
          workers: [worker(built, vars)],
        }),
      );
      await running.ready;
    },
    async stop() {
      await running?.dispose();
      running = undefined;
    },
    async mailTo(address, text = '') {
      for (;;) {
        const mail = mailsIn(mails).find((mail) => isMailTo(mail, address, text));
        if (mail !== undefined) return mail;
        await sleep(LOOK_EVERY);
      }
    },
    query: async (sql) => queryLocal(folder, sql),
    async dispose() {
      await foyer.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await foyer.start();
  return foyer;
}

const bindings = z.record(z.string(), z.json());

function worker({ script, options }: Built, vars: Record<string, string>) {
  const { modulesRules: _, ...rest } = options;
  return {
    ...rest,
    name: 'foyer',
    modules: [{ type: 'ESModule' as const, path: 'index.js', contents: script }],
    bindings: { ...bindings.parse(options.bindings), ...vars },
  };
}

/** What each mail in a folder says. */
function mailsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.eml'))
    .map((name) => readMail(readFileSync(join(folder, name), 'utf8')) ?? '');
}

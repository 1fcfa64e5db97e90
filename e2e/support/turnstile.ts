import { once } from 'node:events';
import { createServer } from 'node:http';
import type { BrowserContext } from 'playwright-core';
import { z } from 'zod';
import { Siteverify } from '../../worker/test/stand-ins/siteverify.ts';

/**
 * A stand-in for both sides of Cloudflare Turnstile: siteverify, which the Worker asks, and the script
 * that a browser loads. Its check is a button.
 */
export type Turnstile = {
  /** What Foyer starts with. */
  vars: Record<string, string>;
  /** Answers a person's browser in Cloudflare's place. */
  serve(context: BrowserContext): Promise<TurnstileScript>;
  dispose(): Promise<void>;
};

type TurnstileScript = {
  /** How often the script was loaded. */
  loads: number;
  /** Has the next solution be one of another website, which the Worker takes for none. */
  spoilNext(): void;
  /** Whether the script can be reached. */
  reachable: boolean;
};

const SECRET = '0x4AAAAAAA-the-secret-of-the-browser-tests';

const body = z.record(z.string(), z.unknown());

export async function startTurnstile(): Promise<Turnstile> {
  const siteverify = new Siteverify(SECRET);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { status, json } = siteverify.answer(
        body.parse(JSON.parse(Buffer.concat(chunks).toString())),
      );
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return {
    vars: {
      FOYER_TURNSTILE_SITE_KEY: '0x4AAAAAAA-site',
      FOYER_TURNSTILE_SECRET: SECRET,
      FOYER_TURNSTILE_SITEVERIFY: `http://127.0.0.1:${address.port}/`,
    },
    async serve(context) {
      let spoiled = false;
      const script: TurnstileScript = {
        loads: 0,
        reachable: true,
        spoilNext: () => {
          spoiled = true;
        },
      };
      await context.exposeFunction(
        'solveTurnstile',
        (hostname: string, action: string, cdata: string) => {
          const token = siteverify.issue({
            hostname: spoiled ? 'shop.example' : hostname,
            action,
            cdata,
          });
          spoiled = false;
          return token;
        },
      );
      await context.route('https://challenges.cloudflare.com/**', async (route) => {
        if (!script.reachable) {
          await route.abort();
          return;
        }
        script.loads += 1;
        await route.fulfill({
          contentType: 'text/javascript',
          headers: { 'access-control-allow-origin': '*' },
          body: `(${inBrowser})()`,
        });
      });
      return script;
    },
    async dispose() {
      server.close();
      server.closeAllConnections();
    },
  };
}

declare global {
  var solveTurnstile: (hostname: string, action: string, cdata: string) => Promise<string>;
}

/** What the script does in the page: the calls of Turnstile's that the widget uses. */
function inBrowser(): void {
  type Options = { action: string; cData: string; callback(token: string): void };
  let widgets = 0;
  Object.assign(globalThis, {
    turnstile: {
      render(place: HTMLElement, { action, cData, callback }: Options) {
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = 'I am a person';
        button.onclick = async () => {
          callback(await globalThis.solveTurnstile(location.hostname, action, cData));
        };
        place.append(button);
        widgets += 1;
        return `widget-${widgets}`;
      },
      reset() {},
      remove() {},
    },
  });
}

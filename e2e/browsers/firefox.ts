import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { until } from './until.ts';
import { newSession, type Remote } from './webdriver.ts';

/**
 * Firefox by Marionette, the protocol that geckodriver turns WebDriver's HTTP into: every Firefox
 * speaks it, so no driver is needed (firefox-source-docs.mozilla.org/testing/marionette/Protocol.html).
 */

const answer = z.tuple([
  z.literal(1),
  z.int(),
  z.object({ error: z.string(), message: z.string() }).nullable(),
  z.unknown(),
]);
const problems = z.object({ value: z.array(z.string()) });

/** Runs with the browser's own rights: what its console has of errors, and clears it. */
const READ_CONSOLE = `
  const errors = Services.console.getMessageArray().filter((error) =>
    error instanceof Ci.nsIScriptError && !(error.flags & Ci.nsIScriptError.warningFlag) &&
    /^https?:/.test(error.sourceName));
  Services.console.reset();
  return errors.map((error) => error.errorMessage + ' (' + error.sourceName + ')');`;

/** Starts a Firefox with a new profile. `prefs`: as in about:config. */
export async function startFirefox(
  path: string,
  prefs: Readonly<Record<string, string | number | boolean>> = {},
): Promise<Remote> {
  const profile = mkdtempSync(join(tmpdir(), 'foyer-firefox-'));
  const lines = Object.entries({ ...prefs, 'marionette.port': 0 }).map(
    (pref) => `user_pref(${JSON.stringify(pref).slice(1, -1)});`,
  );
  writeFileSync(join(profile, 'user.js'), lines.join('\n'));
  const args = ['--marionette', '--remote-allow-system-access', '--headless', '--no-remote'];
  const child = spawn(path, [...args, '--profile', profile], { stdio: 'ignore' });
  const exited = once(child, 'exit');
  const portFile = join(profile, 'MarionetteActivePort');
  await until('Firefox to start', () => existsSync(portFile) && readFileSync(portFile, 'utf8'));
  const socket = createConnection(Number(readFileSync(portFile, 'utf8')), '127.0.0.1');
  const ask = speakMarionette(socket);
  const { capabilities } = newSession.parse(await ask('WebDriver:NewSession', {}));
  return {
    version: capabilities.browserVersion,
    async command(name, parameters = {}) {
      const result = await ask(`WebDriver:${name}`, parameters);
      return typeof result === 'object' && result && 'value' in result ? result.value : result;
    },
    async problems() {
      await ask('Marionette:SetContext', { value: 'chrome' });
      const errors = await ask('WebDriver:ExecuteScript', { script: READ_CONSOLE, args: [] });
      await ask('Marionette:SetContext', { value: 'content' });
      return problems.parse(errors).value;
    },
    async quit() {
      socket.destroy();
      child.kill();
      await exited;
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** How to ask over a socket: `LENGTH:[0, id, name, parameters]`, one question at a time. */
function speakMarionette(socket: Socket) {
  let id = 0;
  let received = Buffer.alloc(0);
  const next = async (): Promise<unknown> => {
    for (;;) {
      const colon = received.indexOf(':');
      const end = colon + 1 + Number(received.subarray(0, colon));
      if (colon > 0 && received.length >= end) {
        const text = received.subarray(colon + 1, end).toString();
        received = received.subarray(end);
        return JSON.parse(text);
      }
      const [more] = await once(socket, 'data');
      received = Buffer.concat([received, more]);
    }
  };
  const greeted = next();
  return async (name: string, parameters: Record<string, unknown>): Promise<unknown> => {
    await greeted;
    id += 1;
    const text = JSON.stringify([0, id, name, parameters]);
    socket.write(`${Buffer.byteLength(text)}:${text}`);
    const [, , error, result] = answer.parse(await next());
    if (error) throw new Error(`${name}: ${error.error}: ${error.message}`);
    return result;
  };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { freePort } from '../support/foyer.ts';
import { until } from './until.ts';
import { COMMANDS, newSession, type Remote } from './webdriver.ts';

/** A browser behind a driver that speaks WebDriver's HTTP, as WebKitWebDriver does. */

const reply = z.object({ value: z.unknown() });
const failure = z.object({ error: z.string(), message: z.string() });

/** Starts the driver, and its browser with the capabilities. */
export async function startOverHttp(
  driver: string,
  capabilities: Record<string, unknown>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Remote> {
  const port = await freePort();
  const child = spawn(driver, [`--port=${port}`], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const exited = once(child, 'exit');

  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const { value } = reply.parse(await response.json());
    if (response.ok) return value;
    const { error, message } = failure.parse(value);
    throw new Error(`${method} ${path}: ${error}: ${message}`);
  };

  await until('the driver to start', () => ask('GET', '/status').catch(() => false));
  const alwaysMatch = { capabilities: { alwaysMatch: capabilities } };
  const session = newSession.parse(await ask('POST', '/session', alwaysMatch));
  const path = `/session/${session.sessionId}`;
  return {
    version: session.capabilities.browserVersion,
    command(name, parameters = {}) {
      const [method, template] = COMMANDS[name];
      const address = path + template.replace('{id}', `${parameters.id}`);
      return ask(method, address, method === 'POST' ? parameters : undefined);
    },
    problems: async () => [],
    async quit() {
      await ask('DELETE', path);
      child.kill();
      await exited;
    },
  };
}

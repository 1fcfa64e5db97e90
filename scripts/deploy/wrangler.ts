import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { Explained, environment, root } from '../install.mjs';

/** One line of what wrangler writes to WRANGLER_OUTPUT_FILE_PATH, for programs. */
const eventSchema = z.looseObject({ type: z.string() });

const failureSchema = z.object({
  type: z.literal('command-failed'),
  code: z.union([z.number(), z.string()]).optional(),
  message: z.string(),
});

export type Answer = {
  ok: boolean;
  /** What it printed for programs; empty where its output went to the terminal. */
  stdout: string;
  /** Everything it printed. */
  output: string;
  events: z.infer<typeof eventSchema>[];
};

export type Wrangler = (
  args: string[],
  /** `shown`: its output goes to the terminal and it may ask; `input`: what it reads. */
  options?: { input?: string; shown?: boolean; account?: string | undefined },
) => Promise<Answer>;

/** Runs the wrangler at `script` with `node`. */
export function wranglerAt(node: string, script: string, more: NodeJS.ProcessEnv = {}): Wrangler {
  return async (args, { input, shown = false, account } = {}) => {
    const scratch = mkdtempSync(join(tmpdir(), 'foyer-deploy-'));
    const events = join(scratch, 'events.ndjson');
    try {
      const child = spawn(node, [script, ...args], {
        cwd: root,
        env: {
          ...environment,
          ...(account && { CLOUDFLARE_ACCOUNT_ID: account }),
          WRANGLER_OUTPUT_FILE_PATH: events,
          ...more,
        },
        // Without a terminal wrangler asks nothing and never waits.
        stdio: shown ? 'inherit' : ['pipe', 'pipe', 'pipe'],
      });
      let stdout = '';
      let output = '';
      child.stdout?.setEncoding('utf8').on('data', (text) => {
        stdout += text;
        output += text;
      });
      child.stderr?.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
      // A program that ends without reading closes the pipe; how it ended says enough.
      child.stdin?.on('error', () => {});
      child.stdin?.end(input ?? '');
      const code = await new Promise<number | null>((done, fail) => {
        child.once('error', fail);
        child.once('close', done);
      });
      return { ok: code === 0, stdout, output, events: readEvents(events) };
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  };
}

function readEvents(file: string): Answer['events'] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => eventSchema.parse(JSON.parse(line)));
}

/** Why a command failed, in wrangler's words, with Cloudflare's code of the error if it named one. */
export function failureOf({ output, events }: Answer): { message: string; code: string | null } {
  const failure = failureSchema.safeParse(events.findLast(({ type }) => type === 'command-failed'));
  const code = /\[code: (\d+)\]/.exec(output)?.[1];
  // An error of Cloudflare's names only the address in its message; the reason is in the output.
  const reasons = plain(output)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^(✘ \[ERROR\]|.*\[code: \d+\])/.test(line))
    .map((line) => line.replace(/^✘ \[ERROR\]\s*/, ''));
  const message = failure.success ? failure.data.message : plain(output).trim().slice(-500);
  return {
    message: reasons.length > 0 ? reasons.join('\n') : message || 'It printed nothing.',
    code:
      failure.success && failure.data.code !== undefined ? `${failure.data.code}` : (code ?? null),
  };
}

/** Without the codes that colour a terminal. */
function plain(text: string): string {
  return text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '');
}

/** What a command printed as JSON. Throws `Explained` where it failed or printed something else. */
export function jsonOf<Schema extends z.ZodType>(
  answer: Answer,
  schema: Schema,
  command: string,
): z.infer<Schema> {
  if (!answer.ok) throw refused(answer, command);
  const begin = answer.stdout.search(/[[{]/);
  let value: unknown;
  try {
    value = JSON.parse(answer.stdout.slice(Math.max(begin, 0)));
  } catch {
    value = undefined;
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Explained(
    `\`wrangler ${command}\` gave an unexpected answer. Is wrangler the version in ` +
      `package-lock.json? Its answer began with: ${answer.stdout.trim().slice(0, 200)}`,
  );
}

/** The error for a command that failed, with what can be done where that is known. */
export function refused(answer: Answer, command: string): Explained {
  const { message, code } = failureOf(answer);
  const advice =
    code === '10000' || /authentication error/i.test(message)
      ? '\nThe login or the API token may not do this. Run `npx wrangler login` again, or give the token the permission.'
      : /fetch failed|ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN/.test(message)
        ? '\nCloudflare could not be reached. Is this machine online?'
        : '';
  return new Explained(`\`wrangler ${command}\` failed: ${message}${advice}`);
}

/**
 * A stand-in for Turnstile's siteverify, as its documentation describes it
 * (developers.cloudflare.com/turnstile/get-started/server-side-validation): it takes each token once,
 * and Cloudflare's keys for tests always pass, fail or find the token spent.
 */

/** Cloudflare's keys for tests, which every account may use. */
export const TEST_KEYS = {
  site_key: '1x00000000000000000000AA',
  passes: '1x0000000000000000000000000000000AA',
  fails: '2x0000000000000000000000000000000AA',
  spent: '3x0000000000000000000000000000000AA',
};

/** What a browser's widget said to Turnstile as it solved a challenge. */
export type Solved = { hostname: string; action: string; cdata: string };

type Answer = { status: number; json: Record<string, unknown> };

export class Siteverify {
  readonly #secret: string;
  readonly #solved = new Map<string, Solved>();
  readonly #spent = new Set<string>();
  /** The bodies that it was asked with. */
  readonly requests: Record<string, unknown>[] = [];

  /** @param secret the one that it knows, beside those for tests */
  constructor(secret: string) {
    this.#secret = secret;
  }

  /** A challenge was solved: the token that the browser gets. */
  issue(solved: Solved): string {
    const token = `0.${crypto.randomUUID()}`;
    this.#solved.set(token, solved);
    return token;
  }

  /** What it answers to a body. */
  answer(body: Record<string, unknown>): Answer {
    this.requests.push(body);
    const { secret, response } = body;
    if (typeof secret !== 'string' || secret === '') return refused('missing-input-secret');
    if (typeof response !== 'string' || response === '') return refused('missing-input-response');
    if (secret === TEST_KEYS.passes)
      return passed({ hostname: 'example.com', action: '', cdata: '' });
    if (secret === TEST_KEYS.fails) return refused('invalid-input-response');
    if (secret === TEST_KEYS.spent) return refused('timeout-or-duplicate');
    if (secret !== this.#secret) return refused('invalid-input-secret');
    const solved = this.#solved.get(response);
    if (!solved) return refused('invalid-input-response');
    if (this.#spent.has(response)) return refused('timeout-or-duplicate');
    this.#spent.add(response);
    return passed(solved);
  }
}

function passed(solved: Solved): Answer {
  const challenge_ts = new Date().toISOString();
  return { status: 200, json: { success: true, 'error-codes': [], challenge_ts, ...solved } };
}

function refused(code: string): Answer {
  return { status: 200, json: { success: false, 'error-codes': [code], messages: [] } };
}

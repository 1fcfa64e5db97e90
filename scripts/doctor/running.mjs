import { failed, note, ok, warning } from './findings.mjs';

/** @import { Finding } from './findings.mjs' */

/** A Foyer that runs, here or on Cloudflare, asked over HTTP. */

const ANSWERS_WITHIN_MS = 10_000;

/** What a failed connection means, by the codes of Node and OpenSSL. */
const REASONS = [
  [
    /^ENOTFOUND$|^EAI_AGAIN$/,
    'the name cannot be resolved',
    'Check the address, and that its DNS record exists.',
  ],
  [/^ECONNREFUSED$/, 'nothing listens there', 'Start it, or correct the port.'],
  [/^ECONNRESET$|^UND_ERR_SOCKET$/, 'the connection was closed', 'Try again in a minute.'],
  [/^EHOSTUNREACH$|^ENETUNREACH$/, 'it cannot be reached', 'Check the network of this machine.'],
  [
    /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|SSL|TLS/,
    'its certificate is not accepted',
    'A new domain gets its certificate within minutes. Check it in Cloudflare’s dashboard.',
  ],
  [
    /^TimeoutError$|TIMEOUT$/,
    `no answer within ${ANSWERS_WITHIN_MS / 1000} seconds`,
    'Check the Worker’s log: npx wrangler tail --config wrangler.deploy.json',
  ],
  [/^TypeError$/, 'the address is not valid', 'Check the address and its port.'],
];

/**
 * @typedef {{ origin: string, name: string, token?: string, version: string,
 *   describe: (code: string) => { text: string, todo: string } | null }} Asked
 * `name`: what the report calls it; `version`: of this checkout; `describe`: what a code of the
 * configuration means
 */

/**
 * Looks at a Foyer from outside: its health, its files and, with a token, each of its parts.
 * @param {Asked} target
 * @returns {Promise<Finding[]>}
 */
export async function checkRunning(target) {
  const { origin, name } = target;
  const answer = await get(`${origin}/api/health`);
  if ('reason' in answer) {
    return [failed(`${name} does not answer at ${origin}: ${answer.reason}.`, answer.todo)];
  }
  const { status, location, body } = answer;
  if (location) {
    return [
      failed(
        `${origin} redirects to ${location}.`,
        `Check that address: npm run doctor -- --url ${location}`,
      ),
    ];
  }
  const health = asHealth(body);
  if (!health) {
    return [
      failed(
        `What answers at ${origin} is not Foyer (status ${status}).`,
        'Check that the address is right and belongs to the Worker: npx wrangler deployments list --config wrangler.deploy.json',
      ),
    ];
  }
  const { isReported, findings } = await parts(target, health);
  return [
    ...stated(target, health),
    // A problem that is reported with its part is not repeated.
    ...(isReported ? [] : problems(target, health)),
    ...(await files(origin)),
    ...findings,
  ];
}

/**
 * Whether a Foyer answers at an address.
 * @param {string} origin
 */
export async function isFoyer(origin) {
  const answer = await get(`${origin}/api/health`);
  return 'body' in answer && asHealth(answer.body) !== null;
}

/**
 * @typedef {{ ok: boolean, version?: string, part?: string, message?: string, problems: string[] }} Health
 */

/**
 * What any version of Foyer answers at /api/health; null for anything else.
 * @param {unknown} body
 * @returns {Health | null}
 */
function asHealth(body) {
  const message = textIn(fieldOf(body, 'error'), 'message');
  const isOk = fieldOf(body, 'ok') === true;
  const version = textIn(body, 'version');
  if ((isOk ? version : message) === undefined) return null;
  const problems = fieldOf(body, 'problems');
  const part = textIn(body, 'part');
  return {
    ok: isOk,
    problems: Array.isArray(problems) ? problems.map((code) => `${code}`) : [],
    ...(version !== undefined && { version }),
    ...(part !== undefined && { part }),
    ...(message !== undefined && { message }),
  };
}

/**
 * @param {unknown} value
 * @param {string} key
 * @returns {unknown}
 */
function fieldOf(value, key) {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/**
 * @param {unknown} value
 * @param {string} key
 * @returns {string | undefined}
 */
function textIn(value, key) {
  const field = fieldOf(value, key);
  return typeof field === 'string' ? field : undefined;
}

/**
 * @param {Asked} asked
 * @param {Health} health
 * @returns {Finding[]}
 */
function stated({ origin, name, version }, health) {
  /** @type {Finding[]} */
  const findings = [];
  if (health.ok) {
    findings.push(ok(`${name} answers at ${origin}, and so does its database.`));
  } else {
    findings.push(
      failed(
        `${name} is not well${health.part ? ` (${health.part})` : ''}: ${health.message}`,
        'docs/operations.md says what to check. The log: npx wrangler tail --config wrangler.deploy.json',
      ),
    );
  }
  if (health.version !== undefined && health.version !== version) {
    findings.push(note(`It runs version ${health.version}; this checkout has version ${version}.`));
  }
  if (origin.startsWith('http:') && !/^http:\/\/(localhost|127\.|\[::1\])/.test(origin)) {
    findings.push(
      warning(
        `${origin} is not encrypted.`,
        'Use https, and switch on “Always Use HTTPS” for the domain.',
      ),
    );
  }
  return findings;
}

/**
 * What everybody may know of what is wrong with the configuration.
 * @param {Asked} asked
 * @param {Health} health
 * @returns {Finding[]}
 */
function problems({ describe }, health) {
  return health.problems.map((code) => {
    const problem = describe(code);
    return warning(
      problem?.text ?? `Its configuration has the problem ${code}.`,
      problem?.todo ?? 'docs/operations.md lists the problems.',
    );
  });
}

/**
 * The files that a website and an agent load first.
 * @param {string} origin
 * @returns {Promise<Finding[]>}
 */
async function files(origin) {
  const wanted = [
    { path: '/widget.js', what: 'The widget’s file', type: 'javascript' },
    { path: '/admin', what: 'The dashboard', type: 'text/html' },
  ];
  const answers = await Promise.all(wanted.map(({ path }) => get(`${origin}${path}`)));
  return wanted.map(({ path, what, type }, index) => {
    const answer = answers[index];
    if (answer && 'status' in answer && answer.status === 200 && answer.type.includes(type)) {
      return ok(`${what} is served.`);
    }
    const why = !answer ? '' : 'reason' in answer ? answer.reason : `status ${answer.status}`;
    return failed(
      `${what} is not served at ${path}: ${why}.`,
      'Build and deploy again: npm run deploy',
    );
  });
}

/**
 * What owners see in the dashboard under Settings, System.
 * @param {Asked} asked
 * @param {Health} health
 * @returns {Promise<{ isReported: boolean, findings: Finding[] }>} `isReported`: whether it reported the state of its parts
 */
async function parts({ origin, token }, health) {
  /** @param {Finding[]} findings */
  const untold = (...findings) => ({ isReported: false, findings });
  if (!token) {
    return untold(
      note(
        'Tables, bucket, e-mail, objects and jobs were not checked: that needs FOYER_PROBE_TOKEN.',
        'docs/operations.md says how to set it. Owners see the same in the dashboard, under Settings, System.',
      ),
    );
  }
  const answer = await get(`${origin}/api/admin/health`, { authorization: `Bearer ${token}` });
  if ('reason' in answer) {
    return untold(
      failed(`The state of its parts could not be read: ${answer.reason}.`, answer.todo),
    );
  }
  const { status, body } = answer;
  if (status === 200) return { isReported: true, findings: partFindings(body) };
  if (status === 401 || status === 429) {
    return untold(
      failed(
        'The token is not accepted.',
        'FOYER_PROBE_TOKEN must be the same here and in the Worker: npx wrangler secret put FOYER_PROBE_TOKEN --config wrangler.deploy.json',
      ),
    );
  }
  if (status === 404) return untold(note('This version does not report the state of its parts.'));
  // Where it is not well it said why already.
  return health.ok
    ? untold(
        failed(`The state of its parts could not be read: status ${status}.`, 'Check its log.'),
      )
    : untold();
}

/**
 * @param {unknown} body
 * @returns {Finding[]}
 */
function partFindings(body) {
  const parts = fieldOf(body, 'parts');
  if (!Array.isArray(parts))
    return [
      failed(
        'The state of its parts came in an unknown form.',
        'Use the doctor of the version that runs there.',
      ),
    ];
  return parts.flatMap((part) => {
    const findings = fieldOf(part, 'findings');
    return Array.isArray(findings) ? findings.flatMap(asFinding) : [];
  });
}

/**
 * @param {unknown} value
 * @returns {Finding[]}
 */
function asFinding(value) {
  const state = textIn(value, 'state');
  const text = textIn(value, 'text');
  const todo = textIn(value, 'todo');
  if (text === undefined) return [];
  const advice = todo ?? 'docs/operations.md says what to do.';
  if (state === 'ok') return [ok(text)];
  if (state === 'off') return [note(text, todo)];
  return [state === 'warning' ? warning(text, advice) : failed(text, advice)];
}

/**
 * @param {string} url
 * @param {Record<string, string>} [headers]
 * @returns {Promise<{ status: number, type: string, location: string | null, body: unknown }
 *   | { reason: string, todo: string }>}
 */
async function get(url, headers = {}) {
  try {
    const answer = await fetch(url, {
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    });
    const text = await answer.text();
    const location = answer.headers.get('location');
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      location: location === null ? null : new URL(location, url).origin,
      body: asJson(text),
    };
  } catch (error) {
    const code = codeOf(error);
    const [, reason, todo] =
      REASONS.find(([pattern]) => pattern instanceof RegExp && pattern.test(code)) ?? [];
    return {
      reason: reason ? `${reason} (${code})` : code,
      todo: todo ? `${todo}` : 'Check the address.',
    };
  }
}

/** @param {string} text @returns {unknown} */
function asJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {unknown} error @returns {string} */
function codeOf(error) {
  if (!(error instanceof Error)) return 'unknown';
  const cause = error.cause instanceof AggregateError ? error.cause.errors[0] : error.cause;
  for (const current of [cause, error]) {
    if (current instanceof Error && 'code' in current && typeof current.code === 'string')
      return current.code;
  }
  return error.name;
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readVars } from './doctor/machine.mjs';
import { Explained, main, root } from './install.mjs';
import { deployedObjects, localObjects } from './rebuild/objects.mjs';

/** @import { Job } from '../protocol/resources/job.ts' */

const help = `npm run db:rebuild: rebuilds the database from the conversations' objects.

  npm run db:rebuild                                     all organizations of the Foyer that npm start runs
  npm run db:rebuild -- --url https://chat.example.com   of one that is deployed
  npm run db:rebuild -- --organization acme              one organization, by its slug
  npm run db:rebuild -- --from acme                      that one and those after it, as the output names them

  npm run db:rebuild -- --objects                        first those that nothing names any more; see below

It starts a job for one organization after the other and shows how far each is. The job runs on the
server: when this command ends, the job that runs goes on, and the next organizations are not begun.

A rebuild finds conversations by what the database and the bucket still name. With --objects it first asks for
the objects themselves: locally by their files, of a deployed Foyer from Cloudflare's API, with CLOUDFLARE_API_TOKEN
and CLOUDFLARE_ACCOUNT_ID. It then works through all of them from here, so it takes as long as this command runs.

  FOYER_OPERATOR_TOKEN  the Worker's secret of that name; for the local Foyer it is in .dev.vars
  PORT, FOYER_DATA      as for npm start

The exit code is 0 if everything was rebuilt, and 1 otherwise.
`;

/** Milliseconds between two looks at a job. */
const EVERY_MS = 1_000;

/** Objects of a request. */
const OBJECTS = 40;

/** Looks that may fail one after the other: the Worker may be deployed meanwhile. */
const PATIENCE = 60;

/** A failure that may pass. */
class Unreachable extends Explained {}

await main(async () => {
  const args = process.argv.slice(2).flatMap((arg) => arg.split(/=(.*)/s).filter(Boolean));
  if (args.includes('--help') || args.includes('-h')) {
    console.log(help);
    return;
  }
  const byObjects = args.includes('--objects');
  const rest = args.filter((arg) => arg !== '--objects');
  const { url, organization, from } = readOptions(rest);
  const server = serverAt(url);
  let whole = true;
  if (byObjects) whole = await reproject(server, await (url ? deployedObjects() : localObjects()));
  const slugs = organization ? [organization] : await organizations(server, from);
  for (const slug of slugs) {
    const job = await rebuild(server, slug);
    if (job.state !== 'done' || Object.keys(job.failures).length > 0) whole = false;
  }
  if (!whole) process.exitCode = 1;
});

/**
 * @param {string[]} args
 * @returns {{ url?: string, organization?: string, from?: string }}
 */
function readOptions(args) {
  /** @type {Record<string, string>} */
  const options = {};
  for (let at = 0; at < args.length; at += 2) {
    const [name = '', value] = args.slice(at, at + 2);
    if (!['--url', '--organization', '--from'].includes(name) || !value) {
      throw new Explained(`npm run db:rebuild does not know "${args.join(' ')}".\n\n${help}`);
    }
    options[name.slice(2)] = value;
  }
  return options;
}

/**
 * @typedef {(method: string, path: string, body?: object) => Promise<any>} Server
 * @param {string | undefined} url
 * @returns {Server}
 */
function serverAt(url) {
  const local = `http://localhost:${process.env.PORT || '8787'}`;
  const address = url === undefined ? local : /^https?:\/\//.test(url) ? url : `https://${url}`;
  if (!URL.canParse(address)) {
    throw new Explained(`"${url}" is not an address. For example: --url https://chat.example.com`);
  }
  const { origin } = new URL(address);
  const token = process.env.FOYER_OPERATOR_TOKEN || (url === undefined ? localToken() : '');
  if (!token) {
    throw new Explained(
      'FOYER_OPERATOR_TOKEN is missing. docs/operations.md, “Rebuild the database”, says how to set it.',
    );
  }
  return async (method, path, body) => {
    const response = await fetch(`${origin}/api/operator${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new Unreachable(`${origin} does not answer. Is it running, and is the address right?`);
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text);
    if (response.status === 401) {
      throw new Explained(`${origin} does not accept this FOYER_OPERATOR_TOKEN.`);
    }
    if (response.status === 404) {
      throw new Explained(`${origin} has no such organization, or its version has no db:rebuild.`);
    }
    throw new Unreachable(`${origin} answered ${response.status}: ${messageOf(text)}`);
  };
}

/** @param {string} text */
function messageOf(text) {
  try {
    return JSON.parse(text).error.message;
  } catch {
    return 'no explanation';
  }
}

function localToken() {
  const file = join(root, '.dev.vars');
  return existsSync(file) ? (readVars(readFileSync(file, 'utf8')).FOYER_OPERATOR_TOKEN ?? '') : '';
}

/**
 * @param {Server} server
 * @param {string | undefined} from the slug of the first one
 * @returns {Promise<string[]>}
 */
async function organizations(server, from) {
  /** @type {string[]} */
  const slugs = [];
  for (let query = ''; ; ) {
    const { items, next_cursor } = await server('GET', `/organizations${query}`);
    slugs.push(...items.map((/** @type {{ slug: string }} */ { slug }) => slug));
    if (!next_cursor) break;
    query = `?cursor=${next_cursor}`;
  }
  const first = from === undefined ? 0 : slugs.indexOf(from);
  if (first === -1) throw new Explained(`There is no organization "${from}".`);
  return slugs.slice(first);
}

/**
 * Starts the job of an organization and follows it to its end.
 * @param {Server} server
 * @param {string} slug
 * @returns {Promise<Job>}
 */
async function rebuild(server, slug) {
  /** @type {{ job: Job }} */
  let { job } = await server('POST', '/jobs', { organization: slug, kind: 'rebuild' });
  let last = '';
  while (job.state === 'running') {
    const line = `${slug}: ${progressOf(job)}`;
    if (line !== last) console.log(line);
    last = line;
    await sleep(EVERY_MS);
    /** @type {{ items: Job[] }} */
    const { items } = await patiently(() =>
      server('GET', `/jobs?organization=${encodeURIComponent(slug)}`),
    );
    job = items.find(({ id }) => id === job.id) ?? job;
  }
  const more = texts({ ...job.results, ...job.failures });
  const why = job.error ? ` (${job.error.replaceAll('_', ' ')})` : '';
  console.log(`${slug}: ${[`${job.state}${why}, ${progressOf(job)}`, ...more].join(', ')}`);
  return job;
}

/**
 * Has the conversations of these objects written again.
 * @param {Server} server
 * @param {string[]} ids
 * @returns {Promise<boolean>} whether all were
 */
async function reproject(server, ids) {
  /** @type {Record<string, number>} */
  const counts = {};
  let whole = true;
  for (let start = 0; start < ids.length; start += OBJECTS) {
    const some = ids.slice(start, start + OBJECTS);
    const { results, failures } = await patiently(() => server('POST', '/objects', { ids: some }));
    if (Object.keys(failures).length > 0) whole = false;
    for (const [code, count] of Object.entries({ ...results, ...failures })) {
      counts[code] = (counts[code] ?? 0) + count;
    }
    const done = start + some.length;
    if (done === ids.length || start % (OBJECTS * 25) === 0) {
      console.log(`objects: ${[`${done} of ${ids.length} checked`, ...texts(counts)].join(', ')}`);
    }
  }
  return whole;
}

/**
 * Tries again what failed in a way that may pass.
 * @param {() => Promise<any>} work
 */
async function patiently(work) {
  for (let failures = 0; ; failures += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Unreachable) || failures === PATIENCE) throw error;
      await sleep(EVERY_MS);
    }
  }
}

/** @param {Record<string, number>} counts */
function texts(counts) {
  return Object.entries(counts).map(([code, count]) => `${count} ${code.replaceAll('_', ' ')}`);
}

/** @param {Job} job */
function progressOf({ done, total }) {
  return total === null ? `${done} checked` : `${done} of ${Math.max(done, total)} checked`;
}

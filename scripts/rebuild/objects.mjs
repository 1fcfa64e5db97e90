import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Explained, root } from '../install.mjs';

/**
 * The ids of all conversations' objects. A Worker cannot list them; Cloudflare's API can
 * (developers.cloudflare.com/api/resources/durable_objects), and locally each is a file.
 */

const CLASS = 'ConversationObject';

/** Objects of a page: the most that Cloudflare's API gives. */
const AT_ONCE = 10_000;

/**
 * Those of the Foyer that `npm start` runs.
 * @returns {Promise<string[]>}
 */
export async function localObjects() {
  const data = resolve(process.env.FOYER_DATA || join(root, '.foyer'));
  const folder = join(data, 'v3', 'do', `foyer-${CLASS}`);
  if (!existsSync(folder))
    throw new Explained(`${folder} does not exist, so there are no objects.`);
  return readdirSync(folder).flatMap((name) => /^([0-9a-f]{64})\.sqlite$/.exec(name)?.[1] ?? []);
}

/**
 * Those of the installation that foyer.config.json describes.
 * @returns {Promise<string[]>}
 */
export async function deployedObjects() {
  const token = process.env.CLOUDFLARE_API_TOKEN;
  const { name = 'foyer', account_id } = settings();
  const account = process.env.CLOUDFLARE_ACCOUNT_ID || account_id;
  if (!token || !account) {
    throw new Explained(
      '--objects needs CLOUDFLARE_API_TOKEN, a token that may read Workers Scripts, and CLOUDFLARE_ACCOUNT_ID.',
    );
  }
  const base = process.env.CLOUDFLARE_API_BASE_URL || 'https://api.cloudflare.com/client/v4';
  const path = `${base}/accounts/${account}/workers/durable_objects/namespaces`;
  const namespace = await findNamespace(path, token, name);
  /** @type {string[]} */
  const ids = [];
  for (let cursor = ''; ; ) {
    const more = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const { result, result_info } = await get(
      `${path}/${namespace}/objects?limit=${AT_ONCE}${more}`,
      token,
    );
    for (const { id, hasStoredData } of result) if (hasStoredData !== false) ids.push(id);
    // The documentation names both.
    const next = result_info?.cursors?.after ?? result_info?.cursor ?? '';
    if (!next || next === cursor || result.length === 0) return ids;
    cursor = next;
  }
}

/**
 * @param {string} path
 * @param {string} token
 * @param {string} script the Worker's name
 * @returns {Promise<string>}
 */
async function findNamespace(path, token, script) {
  for (let page = 1; ; page += 1) {
    const { result } = await get(`${path}?per_page=100&page=${page}`, token);
    /** @type {{ id: string, class: string, script: string }[]} */
    const namespaces = result;
    const namespace = namespaces.find(
      (namespace) => namespace.script === script && namespace.class === CLASS,
    );
    if (namespace) return namespace.id;
    if (namespaces.length === 0) {
      throw new Explained(`The account has no Worker "${script}" with objects of ${CLASS}.`);
    }
  }
}

/**
 * @param {string} url
 * @param {string} token
 * @returns {Promise<any>} the answer's body
 */
async function get(url, token) {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  if (response.ok) return response.json();
  throw new Explained(`Cloudflare's API answered ${response.status} for the list of objects.`);
}

/** @returns {{ name?: string, account_id?: string }} */
function settings() {
  const file = join(root, 'foyer.config.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

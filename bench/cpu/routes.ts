import { randomUUID } from 'node:crypto';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { access as others } from '../../worker/test/access/others.ts';
import { type AccessPart, togetherOf } from '../../worker/test/access/part.ts';
import { description } from '../../worker/test/hostile/requests.ts';
import { emailOf, PUBLIC_KEY } from '../harness/seed.ts';
import type { Server } from '../harness/server.ts';

const features = join(import.meta.dirname, '../../worker/features');
const parts: AccessPart[] = await Promise.all(
  globSync('*/access.ts', { cwd: features }).map(
    async (file) => (await import(join(features, file))).access,
  ),
);
const { bodies: BODIES, queries: QUERIES } = togetherOf([...parts, others]);

/** A route of the API from its own description, with a valid request. */
export type Route = {
  /** `POST /api/admin/labels`, with `:id` for what is named by an id. */
  name: string;
  method: string;
  path: string;
  query: string;
  /** Makes the body of a request; undefined for a request without one. */
  body: (() => string) | undefined;
};

/**
 * Routes that hash a password, and what a person on the free plan does instead. Everybody else's
 * requests must fit into the plan's CPU time.
 */
export const HASHES_A_PASSWORD: Record<string, string> = {
  'POST /api/auth/sign-in/email': 'a passkey, or a sign-in link',
  'POST /api/invitations/accept': 'joining with a passkey',
  'POST /api/password/reset': 'a passkey, or a sign-in link',
  'POST /api/admin/me/password': 'no password',
  'POST /api/admin/me/address': 'no password',
  'POST /api/admin/me/two-factor': 'a passkey, which is two factors',
  'POST /api/admin/me/two-factor/disable': 'a passkey, which is two factors',
  'POST /api/setup': 'setting up with a passkey',
};

/** Routes that the free plan can do without, each with the reason. */
export const NOT_NEEDED: Record<string, string> = {
  'GET /api/admin/customers.csv': 'up to some hundred customers',
  'GET /api/admin/health': 'an owner looks at every part, and may try again',
};

/** The refusal of routes whose request holds a guess or names nothing that exists. */
export const REFUSED: Record<string, number> = {
  // Turnstile has no keys here.
  'POST /api/widget/human-check': 404,
  'POST /api/setup': 404,
  'POST /api/setup/passkey': 404,
  'POST /api/auth/link/sign-in': 404,
  'POST /api/invitations/look': 404,
  'POST /api/invitations/passkey': 404,
  'POST /api/invitations/accept': 404,
  'POST /api/password/reset': 404,
  'POST /api/address/confirm': 404,
  'POST /api/auth/two-factor/verify-totp': 401,
  'POST /api/auth/two-factor/verify-backup-code': 401,
  'POST /api/admin/me/password': 400,
  'POST /api/admin/me/address': 400,
  'POST /api/admin/me/two-factor/confirm': 400,
  'POST /api/admin/me/two-factor/disable': 400,
  'PUT /api/admin/me/picture': 400,
  'DELETE /api/admin/me/sessions/:id': 404,
  'POST /api/admin/me/passkeys': 400,
  'PATCH /api/admin/me/passkeys/:id': 404,
  'POST /api/admin/me/passkeys/:id/remove': 404,
  'POST /api/auth/passkey/sign-in': 401,
  'GET /api/pictures/:picture': 404,
  // The bench has no Workflows and no operator; what its jobs do is in `worker/jobs`.
  'POST /api/admin/jobs': 503,
  'POST /api/admin/jobs/:id/cancel': 404,
  'POST /api/admin/jobs/:id/resume': 503,
  'GET /api/operator/jobs': 401,
  'GET /api/operator/organizations': 401,
  'POST /api/operator/jobs': 401,
  'POST /api/operator/objects': 401,
};

type World = Parameters<NonNullable<(typeof BODIES)[string]>>[0];

/** Every route that the server describes, with the request of its feature's access.ts, but for sockets, whose frames are the object's. */
export async function describedRoutes({ origin }: Pick<Server, 'origin'>, world: World) {
  const answer = await fetch(`${origin}/api/openapi.json`);
  const { paths } = description.parse(z.unknown().parse(await answer.json()));
  const routes: Route[] = [];
  const unknown: string[] = [];
  for (const [template, methods] of Object.entries(paths)) {
    if (template.endsWith('/socket')) continue;
    for (const lower of Object.keys(methods)) {
      const method = lower.toUpperCase();
      const path = `/api${template.replace(/\{(\w+)\}/g, ':$1')}`;
      const name = `${method} ${path}`;
      if (method !== 'GET' && !(name in BODIES)) unknown.push(name);
      routes.push({ name, method, path, query: queryOf(name, method), body: bodyOf(name, world) });
    }
  }
  // Those that only read come first, before the others have filled the lists.
  routes.sort((a, b) => Number(a.method !== 'GET') - Number(b.method !== 'GET'));
  return { routes, unknown };
}

/** Deleting a message and sending a file need a new id each. */
function queryOf(name: string, method: string): string {
  if (method === 'DELETE' && name.includes('/messages/')) return '?id=:new';
  if (name.endsWith('/files')) return '?id=:new&name=a.txt';
  return QUERIES[name] ?? '';
}

function bodyOf(name: string, world: World): Route['body'] {
  const make = BODIES[name];
  if (make?.(world) === undefined) return undefined;
  return () => {
    const body = make(world);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return (
      text
        .replaceAll('wk_acme', PUBLIC_KEY)
        .replaceAll('amos@acme.example', emailOf(1))
        // One mailbox gets only so many transcripts.
        .replaceAll('ada@example.org', `${randomUUID()}@bench.example`)
    );
  };
}

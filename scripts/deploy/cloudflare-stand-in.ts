import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/**
 * As much of Cloudflare's API as the real wrangler asks for in a deployment, for an account with
 * nothing in it. It shows that wrangler's commands and answers are what our steps take them for.
 */

const ACCOUNT = 'a'.repeat(32);

export const VERSION = '11111111-0000-4000-8000-000000000001';

const named = z.object({ name: z.string() });

type Answer = [status: number, body: object];

const ok = (result: unknown): Answer => [200, { success: true, errors: [], messages: [], result }];

const bad = (status: number, code: number, message: string): Answer => [
  status,
  { success: false, errors: [{ code, message }], messages: [], result: null },
];

export async function startApi(): Promise<{ url: string; stop: () => void }> {
  const databases: object[] = [];
  const buckets: object[] = [];
  let deployed = false;

  /** Method and path, without the account, to what it does. */
  const routes: Record<string, (body: string, page: number) => Answer> = {
    'GET /user': () => ok({ id: 'u', email: 'maya@acme.example' }),
    'GET /user/tokens/verify': () => ok({ id: 't', status: 'active' }),
    'GET /accounts': () => ok([{ id: ACCOUNT, name: 'Acme' }]),
    'GET /memberships': () => ok([{ id: 'm', account: { id: ACCOUNT, name: 'Acme' }, roles: [] }]),
    'GET /d1/database': (_, page) => ok(page > 1 ? [] : databases),
    'POST /d1/database': (body) => {
      const { name } = named.parse(JSON.parse(body));
      const uuid = '00000000-0000-4000-8000-000000000001';
      databases.push({ uuid, name, version: 'production', created_at: '2026-11-28T12:00:00Z' });
      return ok(databases[0]);
    },
    'POST /d1/database/ID/query': (body) => {
      const results = body.includes('AS found') ? [{ found: 0 }] : [];
      return ok([{ results, success: true, meta: { duration: 0.1 } }]);
    },
    'GET /r2/buckets': () => ok({ buckets }),
    'GET /r2/buckets/foyer-files': () =>
      buckets[0] ? ok(buckets[0]) : bad(404, 10006, 'The specified bucket does not exist.'),
    'POST /r2/buckets': (body) => {
      const { name } = named.parse(JSON.parse(body));
      buckets.push({ name, creation_date: '2026-11-28T12:00:00Z', storage_class: 'Standard' });
      return ok(buckets[0]);
    },
    'GET /workers/scripts/foyer/secrets': () =>
      deployed
        ? ok([{ name: 'FOYER_SECRET', type: 'secret_text' }])
        : bad(404, 10007, 'This Worker does not exist on your account.'),
    'GET /workers/services/foyer': () =>
      deployed
        ? ok({ default_environment: { environment: 'production', script: { tag: 't', tags: [] } } })
        : bad(404, 10090, 'workers.api.error.service_not_found'),
    'GET /workers/scripts/foyer/settings': () =>
      deployed
        ? ok({ bindings: [], migration_tag: 'v1' })
        : bad(404, 10007, 'This Worker does not exist on your account.'),
    'GET /workers/scripts/foyer/deployments': () => {
      const versions = [{ version_id: VERSION, percentage: 100 }];
      const deployment = { id: 'd', source: 'api', created_on: '2026-11-28T12:00:00Z', versions };
      return ok({ deployments: deployed ? [deployment] : [] });
    },
    [`GET /workers/scripts/foyer/versions/${VERSION}`]: () =>
      ok({
        id: VERSION,
        number: 1,
        metadata: { created_on: '2026-11-28T12:00:00Z', author_email: 'm', source: 'api' },
        resources: {
          bindings: [
            { type: 'd1', name: 'DB', id: '00000000-0000-4000-8000-000000000001' },
            { type: 'durable_object_namespace', name: 'CONVERSATIONS', namespace_id: 'n' },
            { type: 'r2_bucket', name: 'FILES', bucket_name: 'foyer-files' },
            {
              type: 'plain_text',
              name: 'FOYER_PUBLIC_URL',
              text: 'https://foyer.maya.workers.dev',
            },
          ],
          script: { etag: 'e' },
          script_runtime: {},
        },
      }),
    'POST /workers/scripts/foyer/assets-upload-session': () => ok({ jwt: 'j.j.j', buckets: [] }),
    'PUT /workers/scripts/foyer': () => {
      deployed = true;
      const deployment_id = VERSION.replaceAll('-', '');
      return ok({ id: 'foyer', etag: 'e', deployment_id, startup_time_ms: 20 });
    },
    'GET /workflows/foyer-jobs': () => bad(404, 10200, 'workflow.not_found'),
    'PUT /workflows/foyer-jobs': () => ok({ id: 'j', name: 'foyer-jobs' }),
    'PATCH /workers/scripts/foyer/script-settings': () => ok({ tags: [] }),
    'GET /workers/subdomain': () => ok({ subdomain: 'maya' }),
    'GET /workers/workers/foyer': () => ok({ id: 'w', name: 'foyer', subdomain: {} }),
    'POST /workers/scripts/foyer/subdomain': () => ok({ enabled: true, previews_enabled: false }),
    'PUT /workers/scripts/foyer/schedules': () => ok({ schedules: [] }),
  };

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://api');
    const path = pathname.replace(`/accounts/${ACCOUNT}`, '').replace(/(database)\/[^/]+/, '$1/ID');
    const route = routes[`${request.method} ${path}`];
    const [status, body] = route
      ? route(Buffer.concat(chunks).toString('latin1'), Number(searchParams.get('page') ?? 1))
      : bad(404, 7003, `The stand-in has no ${request.method} ${path}`);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('It has no port.');
  return { url: `http://127.0.0.1:${address.port}`, stop: () => server.close() };
}

import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { openAPIRouteHandler } from 'hono-openapi';
import { MAX_BODY_BYTES } from '../../protocol/limits.ts';
import type { Env } from '../env.ts';
import { avatars } from '../features/accounts/avatars-routes.ts';
import { password } from '../features/accounts/passwords/password-routes.ts';
import { address } from '../features/addresses/routes.ts';
import { bootstrap } from '../features/bootstrap/routes.ts';
import { checkConfiguration, requireConfiguration } from '../features/configuration/checked.ts';
import { healthRoute } from '../features/health/routes.ts';
import { system } from '../features/health/system.ts';
import { operatorJobs } from '../features/jobs/operator-routes.ts';
import { invitations } from '../features/joining/routes.ts';
import { authenticate } from '../features/notices/new-sign-in.ts';
import { pages } from '../features/pages/routes.ts';
import { passkeySignIn } from '../features/passkeys/sign-in.ts';
import { operatorObjects } from '../features/rebuild/operator-routes.ts';
import { signInLinks } from '../features/sign-in-links/routes.ts';
import { errorResponse, FoyerError } from '../kernel/errors.ts';
import { admin } from './admin.ts';
import { closeDatabase } from './context.ts';
import { API, completed } from './description/openapi.ts';
import { reportFailure } from './failures.ts';
import { limitAddress } from './guards.ts';
import { secureHeaders } from './headers/secure-headers.ts';
import { toRefusal } from './refusal.ts';
import { identifyRequest } from './request.ts';
import { widget } from './widget.ts';

const limitBody = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: () => {
    throw new FoyerError('payload_too_large');
  },
});

/** A file is let through as it streams, and measured where it goes. */
const isUpload = ({ method, path }: { method: string; path: string }) =>
  method === 'POST' && /^\/api\/(widget|admin)\/conversations\/[^/]+\/files$/.test(path);

const api = new Hono<{ Bindings: Env }>()
  .use(async (context, next) => {
    await next();
    const { headers, status } = context.res;
    if (status !== 101 && !headers.has('cache-control')) headers.set('cache-control', 'no-store');
  })
  .route('/health', healthRoute)
  .use(requireConfiguration)
  .use(limitAddress)
  .use((context, next) => (isUpload(context.req) ? next() : limitBody(context, next)))
  .route('/widget', widget)
  .route('/admin/health', system)
  .route('/admin', admin)
  .route('/operator/objects', operatorObjects)
  .route('/operator', operatorJobs)
  .route('/setup', bootstrap)
  .route('/invitations', invitations)
  .route('/password', password)
  .route('/address', address)
  .route('/pictures', avatars)
  .route('/auth/passkey', passkeySignIn)
  .route('/auth/link', signInLinks)
  .all('/auth/*', (context) => authenticate(context));

/** The API's type, for the dashboard's client. */
export type ApiType = typeof api;

api.get('/openapi.json', completed(openAPIRouteHandler(api, API)));

export const app = new Hono<{ Bindings: Env }>()
  .use(identifyRequest)
  .use(checkConfiguration)
  .use(secureHeaders)
  .use(closeDatabase)
  .route('/api', api)
  .route('/', pages);

app.notFound(() => errorResponse(new FoyerError('not_found')));

app.onError((error) => {
  const refusal = toRefusal(error);
  // What went wrong goes to the log; the client gets the catalogue's sentence (P9).
  if (refusal.status >= 500) reportFailure(error);
  return errorResponse(refusal);
});

import { Hono } from 'hono';
import { z } from 'zod';
import { MAX_IDENTITY_SECRETS } from '../../../protocol/limits.ts';
import { identitySecretRecord } from '../../../protocol/resources/identity-secret.ts';
import { changeVersion } from '../../../protocol/resources/live.ts';
import { identitySecret } from '../../auth/identity.ts';
import { checkLimit } from '../../http/admin-parts.ts';
import { type AdminEnv, byOf, databaseOf } from '../../http/context.ts';
import { described, pageOf } from '../../http/description/describe.ts';
import { permit } from '../../http/guards.ts';
import { idParam } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { dashboardsOf, publishRecords } from '../../http/publish.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { createIdentitySecret, listIdentitySecrets, retireIdentitySecret } from './store.ts';

/** What an organization's own servers sign their people's identities with. */
export const identitySecrets = new Hono<AdminEnv>()
  .get(
    '/',
    permit('identity.manage'),
    described('The ids of the active identity secrets.', {
      200: pageOf(identitySecretRecord),
    }),
    async (context) => {
      const { organization_id } = context.var.agent;
      const items = await listIdentitySecrets(databaseOf(context), organization_id);
      return context.json({ items, next_cursor: null }, 200);
    },
  )
  .post(
    '/',
    permit('identity.manage'),
    described('Creates an identity secret and answers it this one time. Two can be active.', {
      201: z.object({
        identity_secret: identitySecretRecord,
        secret: z.string(),
        version: changeVersion,
      }),
    }),
    async (context) => {
      const { organization_id } = context.var.agent;
      const db = databaseOf(context);
      const { length } = await listIdentitySecrets(db, organization_id);
      checkLimit(length, MAX_IDENTITY_SECRETS, 'identity secrets');
      const identity_secret = await createIdentitySecret(db, byOf(context), new Date());
      const { FOYER_SECRET } = context.env;
      const secret = await identitySecret(FOYER_SECRET, organization_id, identity_secret.id);
      const dashboards = dashboardsOf(context);
      const { version } = await publishRecords(dashboards, 'identity_secrets', [
        identity_secret.id,
      ]);
      return context.json({ identity_secret, secret, version }, 201);
    },
  )
  .delete(
    '/:id',
    permit('identity.manage'),
    described('Retires an identity secret. What it signed is no longer accepted.', {
      204: null,
    }),
    validated('param', idParam),
    async (context) => {
      const { id } = context.req.valid('param');
      if (!(await retireIdentitySecret(databaseOf(context), byOf(context), id))) {
        throw new FoyerError('not_found');
      }
      await publishRecords(dashboardsOf(context), 'identity_secrets', [id]);
      return context.body(null, 204);
    },
  );

import { Hono, type MiddlewareHandler } from 'hono';
import {
  type Finding,
  type SystemPart,
  systemHealth,
  systemPart,
} from '../../../protocol/resources/health.ts';
import { canSendMail } from '../../email/send.ts';
import type { Env } from '../../env.ts';
import { type AdminEnv, databaseOf } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { bearer, limitGuesses, permit, requireAgent } from '../../http/guards.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { isSame } from '../../kernel/is-same.ts';
import { isSecret } from '../../kernel/secret.ts';
import { problemsOf } from '../configuration/checked.ts';
import { fine, worst } from './findings.ts';
import { jobs, mail } from './last-outcomes.ts';
import {
  bootstrapCode,
  configurationOf,
  database,
  files,
  location,
  migrations,
  objects,
} from './parts.ts';
import { running } from './running.ts';

/** The bearer of FOYER_PROBE_TOKEN, or a signed-in agent. The token needs no database. */
const recognize: MiddlewareHandler<AdminEnv> = async (context, next) => {
  const token = bearer(context.req.header('authorization'));
  const { FOYER_PROBE_TOKEN: expected } = context.env;
  if (token === null || !isSecret(expected)) return requireAgent(context, next);
  await limitGuesses(context, 'probe');
  if (!(await isSame(token, expected))) throw new FoyerError('unauthorized');
  await next();
};

const mayLook: MiddlewareHandler<AdminEnv> = (context, next) =>
  context.get('signedIn') ? permit('system.read')(context, next) : next();

/**
 * `GET /`, for owners, admins, and a probe with FOYER_PROBE_TOKEN: looks at every part. 200 also where a
 * part failed; `ok` says it.
 */
export const system = new Hono<AdminEnv>().get(
  '/',
  recognize,
  mayLook,
  described('The health of each part of the installation, for its operators.', {
    200: systemHealth,
  }),
  async (context) => {
    const { env } = context;
    const health = await findings(env, () => databaseOf(context), problemsOf(env, context.req.raw));
    const parts = systemPart.options.map((part) => ({
      part,
      state: worst(health[part]),
      findings: health[part],
    }));
    return context.json(
      {
        ok: parts.every(({ state }) => state !== 'failed'),
        checked_at: new Date().toISOString(),
        ...running(env, context.req.raw),
        parts,
      },
      200,
    );
  },
);

async function findings(
  env: Env,
  open: () => ReturnType<typeof databaseOf>,
  problems: ReturnType<typeof problemsOf>,
): Promise<Record<SystemPart, Finding[]>> {
  const [tables, place, applied, called, bucket, code] = await Promise.all([
    database(open),
    location(env),
    migrations(open),
    objects(env),
    files(env),
    bootstrapCode(env, open),
  ]);
  const configuration = [...configurationOf('configuration', problems, env), ...code];
  const deployed = Date.parse(env.CF_VERSION_METADATA?.timestamp ?? '');
  return {
    configuration:
      configuration.length > 0 ? configuration : [fine('Nothing is missing in the configuration.')],
    database: [...tables, ...place],
    migrations: applied,
    objects: called.findings,
    files: [...configurationOf('files', problems, env), ...bucket],
    mail: [
      ...configurationOf('mail', problems, env),
      ...(canSendMail(env) ? mail(called.outcomes?.mail) : []),
    ],
    jobs: jobs(called.outcomes, Number.isNaN(deployed) ? null : deployed, Date.now()),
  };
}

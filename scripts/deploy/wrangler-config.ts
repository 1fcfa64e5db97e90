import { readFileSync } from 'node:fs';
import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';
import { Explained } from '../install.mjs';
import type { Settings } from './settings.ts';

/**
 * The configuration that wrangler deploys with: wrangler.toml, which every installation shares, with
 * the settings of this one. wrangler.toml is only read.
 */

const DEFAULT_BUCKET = 'foyer-files';

const base = z.looseObject({
  name: z.string(),
  vars: z.record(z.string(), z.unknown()).default({}),
  d1_databases: z
    .array(
      z.looseObject({ binding: z.string(), database_name: z.string(), database_id: z.string() }),
    )
    .default([]),
  workflows: z.array(z.looseObject({ binding: z.string(), name: z.string() })).default([]),
  r2_buckets: z.array(z.looseObject({ binding: z.string(), bucket_name: z.string() })).default([]),
  ratelimits: z
    .array(
      z.looseObject({
        name: z.string(),
        namespace_id: z.string(),
        simple: z.looseObject({ limit: z.number() }),
      }),
    )
    .default([]),
  env: z
    .looseObject({
      postgres: z
        .looseObject({ hyperdrive: z.array(z.looseObject({ id: z.string() })).default([]) })
        .optional(),
    })
    .optional(),
});

/** wrangler.toml, as far as it matters here; what else it has is kept as it is. */
export type Base = z.infer<typeof base>;

/** Reads wrangler.toml. Throws `Explained`. */
export function readBase(file: string): Base {
  try {
    return base.parse(parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (!(error instanceof TomlError || error instanceof z.ZodError)) throw error;
    throw new Explained(`${file} cannot be read: ${error.message}`);
  }
}

/** An id in wrangler.toml that stands for none: zeros. */
const isPlaceholder = (id: string) => /^[0-]*$/.test(id);

/**
 * The settings with what they leave out: what wrangler.toml says (an installation of an earlier
 * version, or the Deploy to Cloudflare button, may have put names and ids there), or else our defaults.
 */
export function complete(settings: Settings, { name, d1_databases, r2_buckets, env }: Base) {
  const workerName = settings.name ?? name;
  const d1 = d1_databases[0];
  const hyperdrive = env?.postgres?.hyperdrive[0];
  const isOurs = workerName === name;
  const d1Id = isOurs && d1 && !isPlaceholder(d1.database_id) ? d1.database_id : undefined;
  const hyperdriveId =
    isOurs && hyperdrive && !isPlaceholder(hyperdrive.id) ? hyperdrive.id : undefined;
  return {
    ...settings,
    name: workerName,
    database: settings.database ?? ('d1' as const),
    d1: settings.d1 ?? { name: (isOurs && d1?.database_name) || workerName, id: d1Id },
    hyperdrive: settings.hyperdrive ?? { name: workerName, id: hyperdriveId },
    bucket:
      settings.bucket ??
      (r2_buckets.length === 0
        ? (false as const)
        : (isOurs && r2_buckets[0]?.bucket_name) ||
          (workerName === 'foyer' ? DEFAULT_BUCKET : `${workerName}-files`)),
  };
}

export type Complete = ReturnType<typeof complete>;

/** Where the Worker is to be reached, as an origin; undefined before the first deployment. */
export function publicUrlOf({ domain, address }: Complete, { vars }: Base): string | undefined {
  if (domain) return `https://${domain}`;
  const { FOYER_PUBLIC_URL: given } = vars;
  return typeof given === 'string' && given !== '' ? given : address;
}

/**
 * The configuration to deploy.
 *
 * @param paused with no database: what needs one answers 503, open chats go on
 */
export function wranglerConfig(
  base: Base,
  settings: Complete,
  { paused = false }: { paused?: boolean } = {},
): Record<string, unknown> {
  // Without environments wrangler has nothing to warn of; built is before it is deployed.
  const { env: _env, build: _build, ...shared } = base;
  const { domain, jurisdiction, bucket, rate_limits = {}, email_from } = settings;
  const publicUrl = publicUrlOf(settings, base);
  const onPostgres = settings.database === 'postgres';
  return {
    ...shared,
    name: settings.name,
    ...(settings.account_id && { account_id: settings.account_id }),
    ...addresses(base, domain),
    vars: {
      ...base.vars,
      ...settings.vars,
      ...(email_from && { FOYER_EMAIL_FROM: email_from }),
      ...(publicUrl && { FOYER_PUBLIC_URL: publicUrl }),
    },
    d1_databases:
      onPostgres || paused
        ? []
        : base.d1_databases.map((database) => ({
            ...database,
            database_name: settings.d1.name,
            database_id: settings.d1.id,
          })),
    hyperdrive:
      onPostgres && !paused ? [{ binding: 'HYPERDRIVE', id: settings.hyperdrive.id }] : [],
    // A Workflow's name is the account's: each installation has its own.
    workflows: base.workflows.map((workflow) => ({
      ...workflow,
      name: settings.name === base.name ? workflow.name : `${settings.name}-jobs`,
    })),
    r2_buckets: bucket
      ? base.r2_buckets.map((binding) => ({
          ...binding,
          bucket_name: bucket,
          ...(jurisdiction && { jurisdiction }),
        }))
      : [],
    ratelimits: base.ratelimits.map((binding) => {
      const { namespace_id, limit } = rate_limits[binding.name] ?? {};
      return {
        ...binding,
        namespace_id: namespace_id ?? binding.namespace_id,
        simple: { ...binding.simple, limit: limit ?? binding.simple.limit },
      };
    }),
    // Health says by it which deployment answers.
    version_metadata: { binding: 'CF_VERSION_METADATA' },
  };
}

/** Stated explicitly, because wrangler warns about what it has to assume. */
function addresses(base: Base, domain: string | undefined): Record<string, unknown> {
  if (domain) {
    return {
      routes: [{ pattern: domain, custom_domain: true }],
      workers_dev: false,
      preview_urls: false,
    };
  }
  // Routes that an operator of an earlier version wrote into wrangler.toml hold.
  const hasRoutes = 'routes' in base || 'route' in base;
  return { workers_dev: base.workers_dev ?? !hasRoutes, preview_urls: base.preview_urls ?? false };
}

import { z } from 'zod';
import type { Deployment } from '../deployment.ts';
import { JURISDICTIONS, type Settings } from '../settings.ts';
import { failureOf, jsonOf } from '../wrangler.ts';
import type { Base } from '../wrangler-config.ts';

/** What wrangler says of a deployment, and of a version. Other kinds of bindings have other fields. */
const statusSchema = z.object({
  versions: z.array(z.object({ version_id: z.string(), percentage: z.number() })).min(1),
});

const bindingSchema = z.object({
  type: z.string(),
  name: z.string(),
  /** Of D1 and Hyperdrive. */
  id: z.string().optional(),
  bucket_name: z.string().optional(),
  jurisdiction: z.string().optional(),
  /** Of a plain variable. */
  text: z.string().optional(),
});

const versionSchema = z.object({ resources: z.object({ bindings: z.array(bindingSchema) }) });

type Binding = z.infer<typeof bindingSchema>;

/**
 * What runs now, of a Worker that another clone deployed, or an earlier version of this script: its
 * database, its bucket, its variables. Without them a deployment would give it an empty database.
 *
 * @returns the bindings; empty where nothing has been deployed yet, as after the first secret
 */
export async function runningBindings(deployment: Deployment): Promise<Binding[]> {
  const { name } = deployment.settings;
  const ask = ['deployments', 'status', '--name', name, '--json'];
  const status = await deployment.wrangler(ask);
  if (!status.ok && /has no deployments/.test(failureOf(status).message)) return [];
  const { versions } = jsonOf(status, statusSchema, ask.join(' '));
  const [latest] = versions.toSorted((a, b) => b.percentage - a.percentage);
  if (!latest) return [];
  const view = ['versions', 'view', latest.version_id, '--name', name, '--json'];
  const version = jsonOf(await deployment.wrangler(view), versionSchema, view.join(' '));
  return version.resources.bindings;
}

/** The settings of a running Worker, except those that wrangler.toml or the operator gave. */
export function settingsOf(bindings: Binding[], base: Base, given: Settings): Settings {
  const d1 = bindings.find(({ type, name }) => type === 'd1' && name === 'DB');
  const hyperdrive = bindings.find(({ type }) => type === 'hyperdrive');
  const bucket = bindings.find(({ type }) => type === 'r2_bucket');
  const jurisdiction = JURISDICTIONS.find((name) => name === bucket?.jurisdiction);
  const texts = bindings
    .filter(({ type, name }) => type === 'plain_text' && !(name in base.vars))
    .map(({ name, text = '' }) => [name, text] as const);
  const { FOYER_EMAIL_FROM, FOYER_PUBLIC_URL, ...vars } = Object.fromEntries(texts);
  const host =
    FOYER_PUBLIC_URL && URL.canParse(FOYER_PUBLIC_URL) ? new URL(FOYER_PUBLIC_URL).host : undefined;
  return {
    ...(d1?.id && { d1: { name: d1.id, id: d1.id } }),
    ...(hyperdrive?.id && {
      database: 'postgres' as const,
      hyperdrive: { name: hyperdrive.id, id: hyperdrive.id },
    }),
    bucket: bucket?.bucket_name ?? false,
    ...(jurisdiction && !given.location && { jurisdiction }),
    ...(FOYER_EMAIL_FROM && { email_from: FOYER_EMAIL_FROM }),
    ...(host && !host.endsWith('.workers.dev') && { domain: host }),
    ...(host?.endsWith('.workers.dev') && { address: `https://${host}` }),
    ...(Object.keys(vars).length > 0 && { vars }),
    ...given,
  };
}

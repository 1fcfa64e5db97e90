import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { Explained } from '../install.mjs';

/**
 * The settings of one installation: what its operator chose and the ids that Cloudflare gave. They
 * are in foyer.config.json, which git ignores, so that an update of the repository never meets them.
 * Nothing in there is a secret.
 */

/** Where D1 and R2 can be asked to live. D1's and R2's lists are the same. */
const LOCATIONS = ['weur', 'eeur', 'wnam', 'enam', 'apac', 'oc'] as const;

/** Where D1 and R2 can be told to stay. D1 knows `us` too, R2 does not. */
export const JURISDICTIONS = ['eu', 'fedramp'] as const;

const HOSTNAME = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;

/** Vars that have a setting of their own, or are secrets and must not be in a plain file. */
const NOT_AS_VARS = [
  'FOYER_SECRET',
  'FOYER_SETUP_CODE',
  'FOYER_EMAIL_FROM',
  'FOYER_PUBLIC_URL',
  'FOYER_TURNSTILE_SECRET',
  'FOYER_PROBE_TOKEN',
  'FOYER_OPERATOR_TOKEN',
] as const;

const settingsSchema = z.strictObject({
  /** The Worker's name, and the address it gets without a domain. */
  name: z
    .string()
    .regex(
      /^[a-z0-9]([a-z0-9-]{0,52}[a-z0-9])?$/,
      'Use lowercase letters, digits and hyphens, at most 54.',
    )
    .optional(),
  account_id: z
    .string()
    .regex(/^[0-9a-f]{32}$/, 'An account id has 32 hexadecimal digits.')
    .optional(),
  /** A domain of the same Cloudflare account, without `https://`. */
  domain: z.string().regex(HOSTNAME, 'A host name such as chat.example.com.').optional(),
  location: z.enum(LOCATIONS).optional(),
  jurisdiction: z.enum(JURISDICTIONS).optional(),
  /** The address that mails come from. */
  email_from: z.email().optional(),
  database: z.enum(['d1', 'postgres']).optional(),
  d1: z.strictObject({ name: z.string().min(1), id: z.uuid().optional() }).optional(),
  hyperdrive: z.strictObject({ name: z.string().min(1), id: z.string().optional() }).optional(),
  /** The R2 bucket for the files of conversations; false: no files. */
  bucket: z
    .union([
      z
        .string()
        .regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, 'Use lowercase letters, digits and hyphens.'),
      z.literal(false),
    ])
    .optional(),
  /** More of the Worker's plain variables. */
  vars: z
    .record(z.string(), z.string())
    .refine((vars) => !NOT_AS_VARS.some((name) => name in vars), {
      message: `${NOT_AS_VARS.join(', ')} cannot be set in vars: they have their own settings or are secrets.`,
    })
    .optional(),
  /** Changes to the rate limits of wrangler.toml, by their names. */
  rate_limits: z
    .record(
      z.string(),
      z.strictObject({
        namespace_id: z.string().regex(/^\d+$/, 'Digits.').optional(),
        /** Requests a minute. */
        limit: z.int().positive().optional(),
      }),
    )
    .optional(),
  /** Where the last deployment is; written by `npm run deploy`. */
  address: z.url({ protocol: /^https$/ }).optional(),
});

export type Settings = z.infer<typeof settingsSchema>;

/** Checks what was read or given. Throws `Explained` with a line for each thing that is wrong. */
export function parseSettings(given: unknown, from: string): Settings {
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      ({ path, message }) => `  ${path.join('.') || '(everything)'}: ${message}`,
    );
    throw new Explained(`${from} has mistakes:\n${lines.join('\n')}`);
  }
  const { location, jurisdiction } = parsed.data;
  if (location && jurisdiction) {
    throw new Explained(`${from} has both location and jurisdiction; leave one of them out.`);
  }
  return parsed.data;
}

/** The settings in a file; none when there is no file. Throws `Explained`. */
export function readSettings(file: string): Settings {
  if (!existsSync(file)) return {};
  try {
    return parseSettings(JSON.parse(readFileSync(file, 'utf8')), file);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Explained(`${file} is not JSON: ${error.message}`);
  }
}

/** Writes the settings whole or not at all, so that a crash never leaves half a file. */
export function writeSettings(file: string, settings: Settings): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(settings, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/**
 * The settings of the file with those of the command line over them. Refuses what would part an
 * installation from its data. Throws `Explained`.
 *
 * @param file its settings' file, for what it says
 * @param defaultName the Worker's name where none is set
 */
export function merged(
  kept: Settings,
  given: Settings,
  { file, defaultName }: { file: string; defaultName: string },
): Settings {
  if (kept.address !== undefined) {
    const name = kept.name ?? defaultName;
    if (given.name !== undefined && given.name !== name) {
      throw new Explained(
        `${file} has the settings of the Worker ${name}. Another Worker on the same database would ` +
          `not find its messages. For a second installation: npm run deploy -- --name ${given.name} ` +
          `--config foyer.${given.name}.config.json`,
      );
    }
    for (const setting of ['location', 'jurisdiction'] as const) {
      if (given[setting] !== undefined && given[setting] !== kept[setting]) {
        throw new Explained(
          `--${setting} can only be chosen before the first deployment: database and files stay where ` +
            'they were created.',
        );
      }
    }
  }
  return parseSettings(
    { ...kept, ...given },
    `The settings of ${file} and the command line together`,
  );
}

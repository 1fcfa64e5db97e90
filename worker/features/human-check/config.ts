/**
 * The human check, Cloudflare Turnstile, as this deployment has it configured. It exists only where
 * both keys are set; without them Foyer asks nobody and loads nothing from Cloudflare.
 */
export type HumanCheck = {
  /** Public: names the Turnstile widget that a browser shows. */
  site_key: string;
  /** With which siteverify knows us. */
  secret: string;
  /** Where tokens are verified. */
  siteverify: string;
  /** The secret is one of Cloudflare's for tests, which know no host name and no action. */
  is_test: boolean;
};

type Configurable = {
  FOYER_TURNSTILE_SITE_KEY?: string;
  FOYER_TURNSTILE_SECRET?: string;
  FOYER_TURNSTILE_SITEVERIFY?: string;
};

/** developers.cloudflare.com/turnstile/get-started/server-side-validation */
const SITEVERIFY = 'https://challenges.cloudflare.com/turnstile/v0/siteverify';

/** developers.cloudflare.com/turnstile/troubleshooting/testing: always passes, fails, is spent. */
const TEST_SECRET = /^[123]x0{31}AA$/;

/** The configured check; undefined where one of the keys, or both, are missing. */
export function humanCheckOf(env: Configurable): HumanCheck | undefined {
  const { site_key, secret } = keysOf(env);
  if (!site_key || !secret) return undefined;
  const siteverify = env.FOYER_TURNSTILE_SITEVERIFY || SITEVERIFY;
  return { site_key, secret, siteverify, is_test: TEST_SECRET.test(secret) };
}

/** Whether one key is there and the other is not: then there is no check. */
export function isHalfConfigured(env: Configurable): boolean {
  const { site_key, secret } = keysOf(env);
  return Boolean(site_key) !== Boolean(secret);
}

function keysOf(env: Configurable): { site_key?: string | undefined; secret?: string | undefined } {
  return {
    site_key: env.FOYER_TURNSTILE_SITE_KEY?.trim(),
    secret: env.FOYER_TURNSTILE_SECRET?.trim(),
  };
}

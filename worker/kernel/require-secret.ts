import type { MiddlewareHandler } from 'hono';
import type { Env } from '../env.ts';
import { FoyerError } from '../errors.ts';
import { log } from './log.ts';
import { isSecret, MIN_SECRET_LENGTH } from './secret.ts';

/**
 * Lets nothing through that would be signed, or checked, with a secret that is not there: a key made
 * of `undefined` is one that everybody knows.
 *
 * @throws FoyerError unavailable, with a sentence for whoever runs the installation
 */
export const requireSecret: MiddlewareHandler<{ Bindings: Env }> = async (context, next) => {
  mustHaveSecret(context.env);
  await next();
};

/** @throws FoyerError unavailable where FOYER_SECRET is absent or shorter than 32 characters */
export function mustHaveSecret(env: Env): void {
  if (isSecret(env.FOYER_SECRET)) return;
  log.error('misconfigured', { reason: 'secret_missing' });
  throw new FoyerError('unavailable', {
    message: `FOYER_SECRET is missing or shorter than ${MIN_SECRET_LENGTH} characters. docs/deploy.md says how to set it.`,
  });
}

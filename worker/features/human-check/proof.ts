import { FoyerError } from '../../kernel/errors.ts';
import type { HumanCheck } from './config.ts';

/**
 * The proof that a visitor passed the check: a time in their signed tokens, until which no other
 * check is asked for. It is the visitor's alone, so what one check opens is what one visitor may do
 * by the quotas.
 *
 * The two claims of a token:
 * - `suspected`: the visitor was new when too many new visitors had come from their address, and has
 *   passed no check since. They may open a session and read; they may not begin or write.
 * - `checked_until`: they passed a check. Passing it also ends the suspicion.
 */
export type Standing = {
  suspected?: boolean | undefined;
  /** Milliseconds since 1970. */
  checked_until?: number | undefined;
};

/** Milliseconds that a passed check counts: as long as the windows in which addresses are counted. */
export const CHECK_LASTS = 3_600_000;

/** @param now milliseconds since 1970 */
export function isChecked({ checked_until = 0 }: Standing, now: number): boolean {
  return checked_until > now;
}

/** The refusal, with what a browser needs to show the check. */
export function checkRequired({ site_key }: HumanCheck): FoyerError {
  return new FoyerError('human_check_required', { siteKey: site_key });
}

import { type Renewable, renew } from './renew.ts';

/** Milliseconds between two requests, however active the visitor is. */
const PAUSE = 60_000;

/** Milliseconds in which a tap ends: the row under a finger stays in its place, and gets the click. */
const TAP = 500;

type Viewed = Renewable & {
  view(): { name: string };
  session: { options: { identity?: string | undefined } };
};

let askedAt = Number.NEGATIVE_INFINITY;

/**
 * Whether a new session has the identity that the old one has: the site's token, a JWT, is still valid.
 * With an expired one the visitor would be a stranger from then on.
 */
function keepsIdentity(token: string | undefined): boolean {
  if (!token) return true;
  try {
    const payload = token.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/');
    const claims: unknown = JSON.parse(atob(`${payload}`));
    const expires = typeof claims === 'object' && claims && 'exp' in claims ? claims.exp : 0;
    return Number(expires) * 1_000 > Date.now() + PAUSE;
  } catch {
    return false;
  }
}

/**
 * Loads the current departments for a visitor who uses the list or a form, once a minute at most. If
 * that fails, what is shown stays.
 */
export default async function renewInUse(model: Viewed): Promise<void> {
  if (Date.now() - askedAt < PAUSE || !keepsIdentity(model.session.options.identity)) return;
  askedAt = Date.now();
  await new Promise((passed) => setTimeout(passed, TAP));
  if (['home', 'form'].includes(model.view().name)) await renew(model).catch(() => {});
  else askedAt = Number.NEGATIVE_INFINITY;
}

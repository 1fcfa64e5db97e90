import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { v5 } from 'uuid';
import { z } from 'zod';
import { storable } from '../../drizzle/storable.ts';
import {
  MAX_CUSTOM_FIELD_LENGTH,
  MAX_CUSTOM_FIELDS,
  MAX_EXTERNAL_ID_LENGTH,
} from '../../protocol/limits.ts';
import { isEmpty } from '../../protocol/text/text.ts';
import { email, personName, phoneOrNothing } from '../http/input/fields.ts';
import { keyBytes } from '../kernel/secret.ts';

/**
 * Signed identity: a site's own server vouches for somebody whom it has signed in, with a short JWT
 * (HS256) under a secret that the organization shares with us. Without one, nobody is anybody (P5).
 */

/** A day: how far ahead `exp` may be, so that a token that leaks is soon worth nothing. */
const MAX_LIFETIME_SECONDS = 24 * 60 * 60;

/** Seconds that the site's clock may be off. */
const CLOCK_TOLERANCE = 60;

const ALGORITHM = 'HS256';

/** Numbers and booleans are fields, too; whatever is no text then is left out. */
const customFields = z.record(z.string().max(100), z.unknown()).transform((fields) =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
      .map(([key, value]) => [key, `${value}`.slice(0, MAX_CUSTOM_FIELD_LENGTH)])
      .slice(0, MAX_CUSTOM_FIELDS),
  ),
);

/**
 * The site's own id of somebody. One that is blank would be the same for everybody of whom the site
 * knows none, and one that Postgres keeps as another text could be that of somebody else.
 */
const externalId = z
  .string()
  .max(MAX_EXTERNAL_ID_LENGTH)
  .refine((id) => !isEmpty(id) && storable(id) === id);

/**
 * Whom the site named, and what it says of them. A detail that does not fit is left out: it is not
 * worth turning a customer into a stranger.
 */
export const identity = z.object({
  external_id: externalId,
  email: email.optional().catch(undefined),
  full_name: personName.optional().catch(undefined),
  phone: phoneOrNothing.min(1).optional().catch(undefined),
  custom_fields: customFields.optional().catch(undefined),
});
export type Identity = z.infer<typeof identity>;

/** A JWT's subject is a text; whose ids are numbers may write one. */
const subject = z.union([z.string(), z.number().int().transform(String)]);

/** One of an organization's active secrets; `id` is what a token's header names as `kid`. */
export type IdentitySecret = { id: string; secret: string };

export type Verdict =
  | { state: 'verified'; identity: Identity }
  | { state: 'expired' }
  | { state: 'invalid' };

/**
 * A secret of an organization. It is derived and not kept: who reads the database can vouch for
 * nobody. Another FOYER_SECRET makes other secrets.
 */
export async function identitySecret(
  foyerSecret: string,
  organizationId: string,
  id: string,
): Promise<string> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', keyBytes(foyerSecret, 'identity'), hmac, false, [
    'sign',
  ]);
  const signature = await crypto.subtle.sign(hmac, key, bytes(`${organizationId}/${id}`));
  return Array.from(new Uint8Array(signature), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
}

/**
 * Whom a token vouches for. The signature is compared by WebCrypto, in constant time; a token that
 * names no `kid` may be signed with any active secret.
 */
export async function verifyIdentity(
  token: string,
  secrets: readonly IdentitySecret[],
): Promise<Verdict> {
  const named = kidOf(token);
  const candidates = named === null ? secrets : secrets.filter(({ id }) => id === named);
  for (const { secret } of candidates) {
    const verdict = await verifyWith(secret, token);
    if (verdict) return verdict;
  }
  return { state: 'invalid' };
}

/** The verdict under one secret; null where the signature is not its own. */
async function verifyWith(secret: string, token: string): Promise<Verdict | null> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: [ALGORITHM],
      requiredClaims: ['exp', 'sub'],
      clockTolerance: CLOCK_TOLERANCE,
    });
    const seconds = Date.now() / 1000;
    if ((payload.exp ?? Infinity) > seconds + MAX_LIFETIME_SECONDS + CLOCK_TOLERANCE) {
      return { state: 'invalid' };
    }
    if (hasHalfPair(payload)) return { state: 'invalid' };
    const { sub, name: full_name, email, phone, custom_fields } = payload;
    const external_id = subject.safeParse(sub).data;
    const parsed = identity.safeParse({ external_id, full_name, email, phone, custom_fields });
    return parsed.success ? { state: 'verified', identity: parsed.data } : { state: 'invalid' };
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return null;
    return { state: error instanceof errors.JWTExpired ? 'expired' : 'invalid' };
  }
}

/** Whether a text in it, a key too, has half of a surrogate pair: no UTF-8 can be made of it. */
function hasHalfPair(value: unknown): boolean {
  if (typeof value === 'string') return /\p{Surrogate}/u.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).flat().some(hasHalfPair);
}

function kidOf(token: string): string | null {
  try {
    return decodeProtectedHeader(token).kid ?? null;
  } catch {
    return null;
  }
}

/**
 * The registered customer that an organization's own id names: a name-based UUID (RFC 9562, 5.5)
 * with the organization as its namespace, so that it is known before any row is written (P1).
 */
export function customerIdOf(organizationId: string, externalId: string): string {
  return v5(externalId, organizationId);
}

/**
 * A registered customer's visitor_id: the same one on all their browsers, and on none of them in a
 * visitor token.
 */
export function registeredVisitorId(customerId: string): string {
  return `c_${customerId}`;
}

import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { Standing } from '../features/human-check/proof.ts';
import { FoyerError } from '../kernel/errors.ts';
import { note } from '../kernel/log/log.ts';
import { keyBytes } from '../kernel/secret.ts';
import { type Identity, identity } from './identity.ts';

/**
 * The visitors' two tokens, both signed and neither kept anywhere.
 *
 * - `vt_…`, a year: says which visitor this browser is. The only proof of a visitor_id (P5); the
 *   browser keeps it and shows it when it opens a session.
 * - `st_…`, a day: what the widget's requests and sockets carry.
 *
 * Each names its purpose as its audience, so that neither passes for the other.
 */

/** A visitor of an organization, as a token proves it. */
export type VisitorSession = {
  organization_id: string;
  visitor_id: string;
  /** Whom the site vouched for as the session opened. */
  identity?: Identity | undefined;
} & Standing;

/** When a token was made and when it ends, in milliseconds since 1970. */
export type Validity = { issued_at: number; expires_at: number };

const SESSION = { prefix: 'st_', audience: 'foyer.session', lifetime: '1d' };
const VISITOR = { prefix: 'vt_', audience: 'foyer.visitor', lifetime: '365d' };
type Purpose = typeof SESSION;

const ALGORITHM = 'HS256';
const claims = z.object({
  sub: z.string().min(1),
  org: z.string().min(1),
  // One that does not say when it was made is older than whatever was revoked.
  iat: z.number().default(0),
  exp: z.number(),
  identity: identity.optional(),
  suspected: z.boolean().optional(),
  checked_until: z.number().optional(),
});

/** A new visitor's id: 128 random bits. */
export function newVisitorId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const base64 = btoa(String.fromCharCode(...bytes));
  return `v_${base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

/**
 * Whom the site vouches for goes into the session alone: a browser that is kept proves only itself.
 * The result of the human check goes into both.
 */
export async function signTokens(
  secret: string,
  { identity, ...visitor }: VisitorSession,
): Promise<{ sessionToken: string; visitorToken: string }> {
  const [sessionToken, visitorToken] = await Promise.all([
    sign(secret, SESSION, { ...visitor, identity }),
    sign(secret, VISITOR, visitor),
  ]);
  return { sessionToken, visitorToken };
}

/** A token that was read, with other claims: as old as it was, and good for no longer. */
export function renewToken(
  secret: string,
  kind: 'session' | 'visitor',
  token: VisitorSession & Validity,
): Promise<string> {
  return sign(secret, kind === 'session' ? SESSION : VISITOR, token, token);
}

/** @throws FoyerError session_expired for one that was ours, unauthorized for anything else */
export async function readSessionToken(
  secret: string,
  token: string | null | undefined,
): Promise<VisitorSession & Validity> {
  if (!token) throw new FoyerError('unauthorized');
  const session = await verify(secret, SESSION, token);
  if (session === 'expired') throw new FoyerError('session_expired');
  if (!session) throw new FoyerError('unauthorized');
  note({ organization: session.organization_id, role: 'visitor' });
  return session;
}

/** The visitor that a browser was before in this organization; null when it cannot prove it. */
export async function readVisitorToken(
  secret: string,
  organizationId: string,
  token: string | null | undefined,
): Promise<(VisitorSession & Validity) | null> {
  if (!token) return null;
  const session = await verify(secret, VISITOR, token);
  if (!session || session === 'expired') return null;
  return session.organization_id === organizationId ? session : null;
}

async function sign(
  secret: string,
  { prefix, audience, lifetime }: Purpose,
  { organization_id, visitor_id, ...more }: VisitorSession,
  validity?: Validity,
): Promise<string> {
  const claims = saidIn(more);
  const jwt = await new SignJWT({ org: organization_id, ...claims })
    .setProtectedHeader({ alg: ALGORITHM })
    .setSubject(visitor_id)
    .setAudience(audience)
    // With milliseconds, which the RFC allows: a session may begin in the second of a revocation.
    .setIssuedAt((validity?.issued_at ?? Date.now()) / 1_000)
    .setExpirationTime(validity ? validity.expires_at / 1_000 : lifetime)
    .sign(await keyOf(secret));
  return prefix + jwt;
}

/** The claims that not every token has. */
function saidIn({ identity, suspected, checked_until }: Partial<VisitorSession>) {
  return {
    ...(identity && { identity }),
    ...(suspected && { suspected }),
    ...(checked_until !== undefined && { checked_until }),
  };
}

async function verify(
  secret: string,
  { prefix, audience }: Purpose,
  token: string,
): Promise<(VisitorSession & Validity) | 'expired' | null> {
  if (!token.startsWith(prefix)) return null;
  const key = await keyOf(secret);
  try {
    const { payload } = await jwtVerify(token.slice(prefix.length), key, {
      audience,
      algorithms: [ALGORITHM],
    });
    const { sub, org, iat, exp, ...more } = claims.parse(payload);
    return {
      organization_id: org,
      visitor_id: sub,
      issued_at: Math.round(iat * 1_000),
      expires_at: exp * 1_000,
      ...saidIn(more),
    };
  } catch (error) {
    const expired = error instanceof Error && 'code' in error && error.code === 'ERR_JWT_EXPIRED';
    return expired ? 'expired' : null;
  }
}

/** One import per secret and isolate. */
const keys = new Map<string, Promise<CryptoKey>>();

function keyOf(secret: string): Promise<CryptoKey> {
  let key = keys.get(secret);
  if (!key) {
    key = crypto.subtle.importKey(
      'raw',
      keyBytes(secret, 'visitors'),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign', 'verify'],
    );
    keys.set(secret, key);
  }
  return key;
}

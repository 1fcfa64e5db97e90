import { verifyPassword } from 'better-auth/crypto';
import type { Database } from '../../store/database.ts';
import { findClaims } from './store.ts';

/**
 * What better-auth finds the account by that somebody signs in to. Several accounts may name one
 * address; the password says which of them is meant. Where nobody claims the address without proof,
 * this costs one query and no hash.
 */
export async function signInKey(db: Database, email: string, password: string): Promise<string> {
  const found = await findClaims(db, email);
  const [only] = found;
  if (!only) return email;
  if (found.length === 1) return only.key;
  // Accounts of no organization cannot sign in, so that they never hide one that can.
  for (const { key, password: hash, memberships } of found) {
    if (memberships > 0 && hash && (await verifyPassword({ hash, password }))) return key;
  }
  return email;
}

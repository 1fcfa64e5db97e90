import { z } from 'zod';

/** What a browser sends of an authenticator's answers; bytes are in base64url. */

/** Characters of one value: a credential id has at most 1,023 bytes, an RSA key of 4,096 bits 550. */
const MAX_LENGTH = 2_000;

const bytes = z
  .string()
  .min(1)
  .max(MAX_LENGTH)
  .regex(/^[\w-]+$/, 'This is not base64url.');

/** A credential that was just made. */
export const newCredential = z.object({
  credentialId: bytes,
  /** SPKI, as `getPublicKey()` gives it. */
  publicKey: bytes,
  /** COSE's number, as `getPublicKeyAlgorithm()` gives it. */
  algorithm: z.number().int(),
  authenticatorData: bytes,
  clientDataJSON: bytes,
});
export type SentCredential = z.infer<typeof newCredential>;

/** The answer to a challenge for signing in. */
export const assertion = z.object({
  credentialId: bytes,
  authenticatorData: bytes,
  clientDataJSON: bytes,
  signature: bytes,
});

import { z } from 'zod';

const time = z.iso.datetime();

/** A secret that the organization's own servers sign identities with, without what it is. */
export const identitySecretRecord = z.object({ id: z.uuid(), created_at: time });
export type IdentitySecretRecord = z.infer<typeof identitySecretRecord>;

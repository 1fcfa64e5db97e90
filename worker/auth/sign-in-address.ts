import type { BetterAuthPlugin } from 'better-auth';
import { z } from 'zod';

/**
 * better-auth signs in whoever has an address that zod's `email` knows, which is ASCII alone. An
 * internationalized address goes to it as its bytes in hex, and is read back where the account is
 * looked for.
 */

const STAND_IN = /^x([0-9a-f]+)@address\.invalid$/;

/** The address as better-auth takes it. */
export function standInFor(email: string): string {
  if (z.email().safeParse(email).success) return email;
  const bytes = Array.from(new TextEncoder().encode(email));
  return `x${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}@address.invalid`;
}

function addressBehind(standIn: unknown): string | null {
  const hex = STAND_IN.exec(String(standIn))?.[1];
  if (hex === undefined) return null;
  const bytes = hex.match(/../g)?.map((byte) => Number.parseInt(byte, 16)) ?? [];
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

/** Finds the account that has the address behind a stand-in, and says that it has the stand-in. */
export const internationalAddresses = {
  id: 'international-addresses',
  init: ({ adapter }) => ({
    context: {
      adapter: {
        ...adapter,
        async findOne<Row>(query: Parameters<typeof adapter.findOne>[0]): Promise<Row | null> {
          const address = query.where.find(({ field }) => field === 'email')?.value;
          const email = addressBehind(address);
          if (email === null) return adapter.findOne<Row>(query);
          const where = query.where.map((condition) =>
            condition.field === 'email' ? { ...condition, value: email } : condition,
          );
          const user = await adapter.findOne<Row>({ ...query, where });
          return user && { ...user, email: address };
        },
      },
    },
  }),
} satisfies BetterAuthPlugin;

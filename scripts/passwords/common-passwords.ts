import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dictionary } from '@zxcvbn-ts/language-common';
import { MIN_PASSWORD_LENGTH } from '../../protocol/limits.ts';
import { add, FILTER_BYTES } from '../../worker/features/accounts/passwords/bloom.ts';

/**
 * The passwords that people choose most, the commonest first: those of a published list (its sources
 * are leaked databases) that are long enough to be chosen here, in small letters.
 */
export const commonPasswords: readonly string[] = dictionary['passwords-common'].filter(
  (password) => password.length >= MIN_PASSWORD_LENGTH,
);

/** The source of worker/features/accounts/passwords/common-passwords-data.ts. */
export function commonPasswordsSource(): string {
  const filter = new Uint8Array(FILTER_BYTES);
  for (const password of commonPasswords) add(filter, password);
  const base64 = Buffer.from(filter).toString('base64');
  return `/** The Bloom filter of the common passwords in base64: \`node scripts/passwords/common-passwords.ts\` writes it. */
export const COMMON_PASSWORDS =
  '${base64}';
`;
}

if (import.meta.main) {
  const file = join(
    import.meta.dirname,
    '../../worker/features/accounts/passwords/common-passwords-data.ts',
  );
  writeFileSync(file, commonPasswordsSource());
}

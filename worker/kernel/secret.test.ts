import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keyBytes, keyText } from './secret.ts';

const SECRET = 'kq1Zl0pX8v0nJYtV5w2cR7dG4sB9hM6e';

describe('O3: keys', () => {
  it.each([[undefined], [null], [''], ['undefined'], [SECRET.slice(1)]])(
    'none is made of %j',
    (secret) => {
      expect(() => keyText(secret, 'agents')).toThrow('FOYER_SECRET must have at least 32');
      expect(() => keyBytes(secret, 'agents')).toThrow('FOYER_SECRET must have at least 32');
    },
  );

  it('are of one purpose', () => {
    expect(keyText(SECRET, 'agents')).toBe(`${SECRET}:agents`);
    expect(new TextDecoder().decode(keyBytes(SECRET, 'files'))).toBe(`${SECRET}:files`);
  });

  it('are made in one place', () => {
    const worker = join(import.meta.dirname, '..');
    const files = globSync('**/*.ts', { cwd: worker }).filter((file) => !file.includes('.test.'));
    const by = files.filter((file) =>
      /secret\}:[a-z$]/i.test(readFileSync(join(worker, file), 'utf8')),
    );
    // A key of the rate limit, which names what is guessed at.
    expect(by.sort()).toEqual(['http/guards.ts', 'kernel/secret.ts']);
  });
});

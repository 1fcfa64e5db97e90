import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kind } from './frozen.ts';

/** A migration of this version: its file's name, its text, and the SHA-256 of the text in hex. */
export type MigrationFile = { name: string; text: string; hash: string };

/** The migrations of this version for one kind of database, in their order. */
export function migrationFiles(kind: Kind): MigrationFile[] {
  const folder = join(import.meta.dirname, '..', kind);
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return names.sort().map((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    return { name, text, hash: hashOf(text) };
  });
}

/** Git on Windows may have changed the ends of the lines; the statements are the same. */
function hashOf(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}

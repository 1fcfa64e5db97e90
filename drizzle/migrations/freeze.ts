import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FROZEN, type Kind } from './frozen.ts';
import { migrationFiles } from './migration-files.ts';

/**
 * `node drizzle/migrations/freeze.ts`: appends the migrations that frozen.json does not have. Run it when a new
 * migration is as it should be, before it is merged. It never changes a line: a migration that was
 * merged stays as it is, and a correction is a further migration.
 */

const KINDS: Kind[] = ['sqlite', 'postgres'];

const frozen = { sqlite: [...FROZEN.sqlite], postgres: [...FROZEN.postgres] };
for (const kind of KINDS) {
  for (const { name, hash } of migrationFiles(kind)) {
    const earlier = frozen[kind].find((migration) => migration.name === name);
    if (!earlier) {
      frozen[kind].push({ name, hash });
      console.log(`Froze ${kind}/${name}.`);
    } else if (earlier.hash !== hash) {
      console.error(
        `${kind}/${name} was changed after it was frozen. Restore it and put the change into a ` +
          'new migration. If it was never merged, remove its line from drizzle/migrations/frozen.json first.',
      );
      process.exitCode = 1;
    }
  }
}
if (process.exitCode === undefined) {
  writeFileSync(join(import.meta.dirname, 'frozen.json'), `${JSON.stringify(frozen, null, 2)}\n`);
}

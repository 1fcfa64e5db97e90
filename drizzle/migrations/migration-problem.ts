import type { MigrationState } from './frozen.ts';

/** A database that this version must not touch. The message says why, and what to do. */
export class MigrationProblem extends Error {}

/**
 * Refuses what neither database may have. Later migrations are no reason: a version works with the
 * database of the next one, unless that one has taken something away.
 *
 * @throws MigrationProblem
 */
export function refuseDifferences(
  { edited, newer, missing }: MigrationState,
  folder: 'sqlite' | 'postgres',
): void {
  const [first] = edited;
  if (first !== undefined) {
    throw new MigrationProblem(
      `The migration ${first} was changed after it was applied to this database, so its tables may differ from ` +
        'what this version expects. Nothing was done. If you changed the file, restore it ' +
        `(git checkout -- drizzle/${folder}/${first}) and put your change into a new migration. ` +
        'Otherwise go back to the version that made this database. See docs/upgrading.md.',
    );
  }
  const contract = newer.find(isContract);
  if (contract !== undefined) {
    throw new MigrationProblem(
      `A later version has applied ${contract} to this database, which removes what this version uses. ` +
        'Nothing was done. Use the later version. See docs/upgrading.md.',
    );
  }
  if (newer.length > 0 && missing.length > 0) {
    throw new MigrationProblem(
      `The database has ${newer.join(', ')}, which this version of Foyer does not have, and lacks ` +
        `${missing.join(', ')}: it belongs to a different line of versions. Nothing was done.`,
    );
  }
}

/** Whether a migration takes something away, as its name says. A test holds names and texts together. */
export function isContract(name: string): boolean {
  return name.endsWith('_contract.sql');
}

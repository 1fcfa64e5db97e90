import type { Finding, SystemPart } from '../../../protocol/resources/health.ts';
import { conversationObject } from '../../conversation/calls/address.ts';
import type { Database } from '../../database/database.ts';
import { readMigrationState } from '../../database/migrations.ts';
import type { Env } from '../../env.ts';
import { readLocation } from '../../kernel/location.ts';
import type { ProblemCode } from '../../kernel/problems.ts';
import { organizationObject } from '../../organization/address.ts';
import type { Outcome, Remembered } from '../../organization/outcomes.ts';
import { unknownSettings } from '../configuration/configuration.ts';
import { doubtful, failed, fine, inTime, problemFinding } from './findings.ts';
import { STAND_IN, wordOf } from './outcomes.ts';
import { hasOrganization, lookAtTables, regionOf } from './store.ts';

/** Looks at each part of an installation. None of these throws, or says what a driver said. */

const MIGRATE =
  'Run `npm run deploy`, which applies the migrations. docs/operations.md says what to do if that fails.';
const SETBACK =
  'docs/operations.md, “The database is damaged”, says how to set it back to an earlier minute.';

/** The problems of the configuration that belong to another part. */
const BELONGS: Partial<Record<ProblemCode, SystemPart>> = {
  files_off: 'files',
  mail_off: 'mail',
  mail_sender_invalid: 'mail',
  mail_binding_missing: 'mail',
  public_url_missing: 'mail',
  public_url_invalid: 'mail',
};

/** The findings that the configuration has for a part. */
export function configurationOf(
  part: SystemPart,
  problems: readonly ProblemCode[],
  env: Env,
): Finding[] {
  return problems
    .filter((code) => (BELONGS[code] ?? 'configuration') === part)
    .flatMap((code) => (code === 'unknown_setting' ? unknownFindings(env) : problemFinding(code)));
}

function unknownFindings(env: Env): Finding[] {
  const { todo } = problemFinding('unknown_setting');
  return unknownSettings(env).map((name) =>
    doubtful(`The variable ${name} is unknown to Foyer, so it has no effect.`, todo ?? ''),
  );
}

export async function database(open: () => Database): Promise<Finding[]> {
  try {
    const began = Date.now();
    const { count, failures } = await inTime(lookAtTables(open()));
    const [first] = failures;
    if (first && failures.length === count) {
      return [
        failed(
          `The database does not answer (${wordOf(first.error)}).`,
          'Check its state in Cloudflare’s dashboard, or check your Postgres. Open chats keep working, and their rows are written later.',
        ),
      ];
    }
    if (!first) return [fine(`All ${count} tables answer, in ${Date.now() - began} ms.`)];
    return failures.map(({ table, error }) =>
      failed(
        `The table ${table} cannot be read (${wordOf(error)}).`,
        `${MIGRATE} If the table was lost: ${SETBACK}`,
      ),
    );
  } catch (error) {
    return [failed(`The database does not answer (${wordOf(error)}).`, 'Try again in a minute.')];
  }
}

/**
 * Whether organizations' objects are created where the database is: each change that an object hands on waits for
 * the way between them. Says nothing where FOYER_LOCATION is not set.
 */
export async function location({ DB, FOYER_LOCATION }: Env): Promise<Finding[]> {
  const wanted = readLocation(FOYER_LOCATION);
  if (!wanted) return [];
  const created = `Organizations’ objects are created in ${wanted}`;
  try {
    const region = await (DB && inTime(regionOf(DB)));
    if (!region) return [fine(`${created}. The location of the database is unknown.`)];
    const place = region.toLowerCase();
    if (wanted.startsWith(place)) return [fine(`${created}, where the database is.`)];
    return [
      doubtful(
        `${created}, and the database answers from ${place}.`,
        `Set FOYER_LOCATION to ${place}. It applies to organizations created after that.`,
      ),
    ];
  } catch {
    // That the database does not answer is said by `database`.
    return [];
  }
}

export async function migrations(open: () => Database): Promise<Finding[]> {
  try {
    const { missing, edited, newer, unrecorded } = await inTime(readMigrationState(open()));
    const findings = [
      ...missing.map((name) => failed(`The migration ${name} was not applied.`, MIGRATE)),
      ...edited.map((name) =>
        failed(
          `The migration ${name} was changed after it was applied to this database.`,
          'Restore the file as it was when it was applied, and put the change into a new migration. See docs/upgrading.md.',
        ),
      ),
      ...newer.map((name) =>
        doubtful(
          `The database has the migration ${name} of a later version.`,
          'This is fine after going back to an earlier version. Deploy the later one when you can.',
        ),
      ),
    ];
    if (findings.length > 0) return findings;
    const okText = 'The database has all migrations of this version';
    if (unrecorded.length === 0) return [fine(`${okText}, unchanged.`)];
    return [fine(`${okText}. For ${unrecorded.length} of them only the name is recorded.`)];
  } catch (error) {
    return [
      failed(`The migrations cannot be read (${wordOf(error)}).`, 'Look at the database first.'),
    ];
  }
}

/** Calls one object of each kind that nobody uses. */
export async function objects(
  env: Env,
): Promise<{ findings: Finding[]; outcomes: Record<Remembered, Outcome> | null }> {
  const todo =
    'Look at Cloudflare’s status page. Chats do not work until then. Browsers keep unsent messages and send them later.';
  const answered = await Promise.allSettled([
    inTime(organizationObject(env, STAND_IN).outcomes()),
    inTime(conversationObject(env, STAND_IN, STAND_IN).ping()),
  ]);
  const findings = answered.flatMap((answer, index) =>
    answer.status === 'fulfilled'
      ? []
      : failed(
          `The objects of ${index === 0 ? 'organizations' : 'conversations'} do not answer (${wordOf(answer.reason)}).`,
          todo,
        ),
  );
  const [inbox] = answered;
  return {
    findings:
      findings.length > 0
        ? findings
        : [fine('The objects of organizations and conversations answer.')],
    outcomes: inbox.status === 'fulfilled' ? inbox.value : null,
  };
}

export async function files({ FILES }: Env): Promise<Finding[]> {
  if (!FILES) return [];
  try {
    await inTime(FILES.head(STAND_IN));
    return [fine('The bucket for files answers.')];
  } catch (error) {
    return [
      failed(
        `The bucket for files does not answer (${wordOf(error)}).`,
        'Check that the bucket in wrangler.deploy.json still exists: npx wrangler r2 bucket list.',
      ),
    ];
  }
}

/** Whether the code that makes the first owner is still there. */
export async function bootstrapCode(env: Env, open: () => Database): Promise<Finding[]> {
  if (!env.FOYER_SETUP_CODE) return [];
  try {
    return (await inTime(hasOrganization(open()))) ? [problemFinding('setup_code_left')] : [];
  } catch {
    return [];
  }
}

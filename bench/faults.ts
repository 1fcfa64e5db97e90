import type { Bench, Outcome } from './bench.ts';
import { goAway } from './faults/away.ts';
import { fillUp } from './faults/full.ts';
import { killOften } from './faults/kills.ts';
import { failPostgres } from './faults/postgres.ts';
import { rounded } from './harness/stats.ts';
import { printTable } from './harness/table.ts';

/** Seconds after the end of a fault within which lists must be right (K14). */
const LISTS_WITHIN = 2;

/**
 * P2, P3, P4 and P7 while everything fails. People talk all the time with the apps' client. Afterwards
 * every acked message must exist once, at its number, for both sides, and in the database. Other faults
 * are tests, since they need access to the object: alarms that ring twice (projection.worker.test.ts) and evictions between any two steps
 * (evictions.worker.test.ts). Postgres' faults are short in e2e/journeys/postgres-faults.test.ts.
 */
export const bench: Bench = {
  summary: 'SIGKILL under load, failing databases, jumping clocks, a full disk: nothing is lost',
  notInAll:
    'bench/faults.test.ts and e2e/journeys/postgres-faults.test.ts run its parts, each long enough to find something',
  async run({ quick }): Promise<Outcome> {
    const killed = await killOften(quick ? 1 : 50);
    printTable(
      'Killed under load, one call of the database in five failing, another time at each start',
      ['kills', 'written', 'acked', 'rows that lagged', 'wrong'],
      [[killed.kills, killed.written, killed.acked, killed.behind, killed.complaints.length]],
    );
    const away = await goAway(quick ? 1 : 60);
    printTable(
      'The database away',
      ['seconds', 'acked meanwhile', 'seconds until all rows were right', 'wrong'],
      [[away.seconds, away.acked, away.healed, away.complaints.length]],
    );
    const full = await fillUp(quick ? 1 : 10);
    if (full === null) {
      console.log('\nThis system lets nobody here have a disk of a few megabytes: not filled.');
    } else {
      printTable(
        'The disk full',
        ['seconds', 'written', 'acked meanwhile', 'seconds until all was sent', 'wrong'],
        [[full.seconds, full.written, full.acked, full.recovered, full.complaints.length]],
      );
    }
    const postgres = await failPostgres(quick ? 1 : 10, quick ? 1 : 8);
    printTable(
      'Postgres under load',
      ['fault', 'seconds to the 503', 'acked meanwhile', 'seconds until it served again'],
      postgres.faults.map(({ name, refused, acked, back }) => [name, refused, acked, back]),
    );
    console.log(`All rows were right after ${rounded(postgres.healed)} seconds.`);
    const late = Object.entries({ 'the database': away.healed, Postgres: postgres.healed })
      // A row that never followed is among the complaints already.
      .filter(([, seconds]) => seconds > LISTS_WITHIN)
      .map(([what, seconds]) => `lists were right ${rounded(seconds)} s after ${what} was back`);
    const { complaints: _killed, ...kills } = killed;
    return {
      missed: [
        ...killed.complaints,
        ...away.complaints,
        ...(full?.complaints ?? []),
        ...postgres.complaints,
        ...late,
      ],
      figures: {
        ...kills,
        away_seconds: away.seconds,
        away_acked: away.acked,
        healed_seconds: rounded(away.healed),
        full_recovered_seconds: full && rounded(full.recovered),
        postgres_acked: postgres.faults.reduce((sum, { acked }) => sum + acked, 0),
        postgres_healed_seconds: rounded(postgres.healed),
      },
    };
  },
};

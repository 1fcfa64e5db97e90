import { expect, test } from 'vitest';
import { goAway } from './faults/away.ts';
import { fillUp } from './faults/full.ts';
import { killOften } from './faults/kills.ts';
import { canLimitDisk } from './harness/small-disk.ts';

/** The short run of `npm run bench -- faults`. */

const TIMEOUT = 120_000;

test(
  'P2 P3 P4: the server is killed under load, and nothing that was acked is lost',
  async () => {
    const { acked, complaints } = await killOften(2);
    expect(complaints).toEqual([]);
    expect(acked).toBeGreaterThan(0);
  },
  TIMEOUT,
);

test(
  'P7: the chat goes on without a database, and the rows follow once it is back',
  async () => {
    const { complaints } = await goAway(2);
    expect(complaints).toEqual([]);
  },
  TIMEOUT,
);

test.runIf(canLimitDisk())(
  'P2: a full disk acks nothing that it cannot keep',
  async () => {
    expect((await fillUp(1))?.complaints).toEqual([]);
  },
  TIMEOUT,
);

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AgentReads,
  carryReads,
  isUnreadBy,
  isUnseen,
  MOST_READERS,
  mergeReads,
  readSeqOf,
  withRead,
} from './read-marks.ts';

const AGENTS = ['ana', 'ben', 'cem', 'dia'];
const agent = fc.constantFrom(...AGENTS);
const marks = fc.dictionary(fc.constantFrom('everyone', ...AGENTS), fc.nat({ max: 9 }));
const reads = fc.option(marks, { nil: null });
const of = (agent_reads: AgentReads, id: string) =>
  readSeqOf({ agent_reads, agent_read_seq: 9 }, id);

describe('an agent’s own mark', () => {
  it('is the team’s where no own marks are known, and nothing where others’ are', () => {
    expect(readSeqOf({ agent_reads: null, agent_read_seq: 4 }, 'ana')).toBe(4);
    expect(readSeqOf({ agent_read_seq: 4 }, 'ana')).toBe(4);
    expect(readSeqOf({ agent_reads: { ben: 4 }, agent_read_seq: 4 }, 'ana')).toBe(0);
  });

  it('is kept beside what all had read when the first one came', () => {
    const first = withRead({ agent_reads: null, agent_read_seq: 4 }, 'ana', 6);
    expect(first).toEqual({ everyone: 4, ana: 6 });
    expect([of(first, 'ana'), of(first, 'ben')]).toEqual([6, 4]);
  });

  it('moves only its own, and only forward', () => {
    fc.assert(
      fc.property(reads, agent, fc.nat({ max: 9 }), (agent_reads, id, seq) => {
        const before = { agent_reads, agent_read_seq: 9 };
        const after = withRead(before, id, seq);
        expect(of(after, id)).toBe(Math.max(seq, of(agent_reads, id)));
        for (const other of AGENTS) {
          if (other !== id) expect(of(after, other)).toBe(of(agent_reads, other));
        }
        if (seq <= of(agent_reads, id)) expect(after).toBe(agent_reads);
      }),
    );
  });

  it('is kept of so many at most: whoever is dropped has it unread again', () => {
    let agent_reads: AgentReads = {};
    for (let index = 0; index < MOST_READERS + 5; index += 1) {
      agent_reads = withRead({ agent_reads, agent_read_seq: 99 }, `a${index}`, index + 1);
    }
    expect(Object.keys(agent_reads ?? {})).toHaveLength(MOST_READERS);
    expect(of(agent_reads, 'a0')).toBe(0);
    expect(of(agent_reads, `a${MOST_READERS + 4}`)).toBe(MOST_READERS + 5);
    // Of equal marks the newest stays.
    const equal = Object.fromEntries(Array.from({ length: MOST_READERS }, (_, n) => [`b${n}`, 5]));
    const added = withRead({ agent_reads: equal, agent_read_seq: 5 }, 'new', 5);
    expect(Object.keys(added ?? {})).toHaveLength(MOST_READERS);
    expect(of(added, 'new')).toBe(5);
  });
});

it('what nobody has to read leaves those who had read everything having read everything', () => {
  fc.assert(
    fc.property(reads, fc.integer({ min: 9, max: 12 }), (before, last) => {
      const after = carryReads(before, last);
      if (before === null) expect(after).toBeNull();
      else {
        for (const id of AGENTS) {
          const mark = of(before, id);
          expect(of(after, id)).toBe(mark === last ? last + 1 : mark);
        }
      }
    }),
  );
});

describe('of two sources', () => {
  it('each mark is the higher one, in whichever order and however often they come', () => {
    fc.assert(
      fc.property(marks, marks, marks, (a, b, c) => {
        const ab = mergeReads(a, b);
        for (const id of AGENTS) expect(of(ab, id)).toBe(Math.max(of(a, id), of(b, id)));
        expect(mergeReads(b, a)).toEqual(ab);
        expect(mergeReads(ab, b)).toEqual(ab);
        expect(mergeReads(ab, c)).toEqual(mergeReads(a, mergeReads(b, c)));
      }),
    );
  });

  it('one that knows no marks adds nothing', () => {
    expect(mergeReads(null, { ana: 3 })).toEqual({ ana: 3 });
    expect(mergeReads({ ana: 3 }, undefined)).toEqual({ ana: 3 });
    expect(mergeReads(undefined, null)).toBeNull();
  });
});

it('unread by one agent, by none, and after an answer by nobody', () => {
  const question = { last_sender: 'visitor', last_seq: 5, agent_read_seq: 5 } as const;
  const seen = { ...question, agent_reads: { ana: 5 } };
  expect([isUnreadBy(seen, 'ana'), isUnreadBy(seen, 'ben'), isUnseen(seen)]).toEqual([
    false,
    true,
    false,
  ]);
  expect(isUnseen({ ...question, agent_read_seq: 4 })).toBe(true);
  expect(isUnreadBy({ ...seen, last_sender: 'agent' }, 'ben')).toBe(false);
});

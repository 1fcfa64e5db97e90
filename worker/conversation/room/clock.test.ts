import { env } from 'node:process';
import fc from 'fast-check';
import { v4 } from 'uuid';
import { expect, test } from 'vitest';
import { agentNamed, BY, Server } from '../../test/server.ts';

/**
 * P3 and P7 while the clock jumps: an object moves between machines, and each has its own idea of
 * the time. Numbers come from the log and versions only rise, so the order and the projection do
 * not depend on any clock. `FOYER_SEED=…` repeats a run.
 */

const SEED = Number(env.FOYER_SEED ?? Date.now() % 2 ** 31);
const YEAR = 365 * 24 * 60 * 60_000;

const amos = agentNamed('Amos');
const visitor = { role: 'visitor', organization_id: 'acme', visitor_id: 'visitor' } as const;

const step = fc.record({
  /** Milliseconds that the clock jumps before it. */
  jump: fc.oneof(fc.integer({ min: -YEAR, max: YEAR }), fc.constantFrom(0, 1, -1)),
  by: fc.constantFrom(visitor, amos),
  /** Whether the object is created again, as on another machine. */
  moved: fc.boolean(),
  does: fc.constantFrom('post', 'prioritize', 'close', 'reopen'),
});

test(`a clock that jumps back and forth changes no order and hides no change (seed ${SEED})`, () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
      const server = new Server(v4);
      /** The database: it takes what is newer than what it has. */
      let row = server.room.state;
      const project = () => {
        const { state } = server.room;
        if (state.version > row.version) row = state;
      };
      for (const [index, { jump, by, moved, does }] of steps.entries()) {
        server.now += jump;
        if (moved) server.evict();
        const { room } = server;
        const before = room.state;
        if (does === 'close') room.commands.close(BY, 'resolved');
        else if (does === 'reopen') room.commands.change(BY, { status: 'active' });
        else if (does === 'prioritize')
          room.commands.change(BY, { priority: index % 2 ? 'high' : 'low' });
        else if (!before.closed_at) {
          room.post(by, { id: v4(), body: `Message ${index}`, kind: 'text' });
        }
        if (room.state !== before) expect(room.state.version).toBeGreaterThan(before.version);
        project();
        expect(row).toEqual(room.state);
      }
      const { items } = server.room.history('agent', { limit: 100 });
      expect(items.map(({ seq }) => seq)).toEqual(items.map((_, index) => index + 1));
      expect(server.room.state.last_seq).toBe(items.length);
    }),
    { seed: SEED, numRuns: 200 },
  );
});

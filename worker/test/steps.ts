import fc from 'fast-check';
import type { Action } from './reference.ts';

/** The steps that random histories of a conversation are made of. */

/** One of four readers. */
const who = fc.nat({ max: 3 });
const some = fc.integer({ min: 1, max: 8 });
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ type: fc.constant('claim' as const) }),
  fc.record({ type: fc.constant('assign' as const), to: fc.constantFrom(null, 'amos', 'bea') }),
  fc.record({ type: fc.constant('move' as const), to: fc.constantFrom('sales', 'billing') }),
  fc.record({ type: fc.constant('close' as const) }),
  fc.record({ type: fc.constant('reopen' as const) }),
);
/** What may happen next, weighted so that histories get somewhere. */
export const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('connect' as const), who }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('write' as const), who, note: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('resend' as const), who, which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('steal' as const), who, which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('post' as const), who, which: fc.nat() }) },
  { weight: 14, arbitrary: fc.record({ do: fc.constant('up' as const), who, some }) },
  { weight: 14, arbitrary: fc.record({ do: fc.constant('down' as const), who, some }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('read' as const), who, back: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('type' as const), who }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('drop' as const), who }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('notice' as const), asleep: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('evict' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('many' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('full' as const), full: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('act' as const), action }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(5_000) }) },
);
export type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

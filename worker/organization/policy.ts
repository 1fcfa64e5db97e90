import { z } from 'zod';

/**
 * What an organization has set that the objects of its conversations need.
 *
 * The organization's object holds it. A conversation gets it in the answer to the call that reports
 * a change, asks for it before a timer acts by it, and is told of a change that makes
 * something due earlier. Invariants:
 * 1. `version` rises with each change, and two policies of one version are the same.
 * 2. An organization that has set nothing has version 0 and no row (P15).
 */
const autoClosePolicy = z.object({
  /** Hours for which a visitor may be silent; null: for ever, where a department says nothing else. */
  hours: z.number().nullable(),
  /** The same for departments that have a time of their own; 0: for ever. */
  departments: z.record(z.string(), z.number()),
  /** What the visitor is told before it closes; null: nothing. */
  message: z.string().nullable(),
  /** The name that this message bears. */
  sender: z.string(),
  /** Whether the visitor's next message reopens it. */
  reopens: z.boolean(),
});
export type AutoClosePolicy = z.infer<typeof autoClosePolicy>;

export const policy = z.object({
  version: z.number(),
  /** Null where no conversation closes by itself. */
  auto_close: autoClosePolicy.nullable(),
  /**
   * Since when what is done with conversations is recorded in the activity log, ISO 8601; left out: it
   * is not.
   */
  activity_since: z.string().optional(),
});
export type Policy = z.infer<typeof policy>;

/** Of an organization that has set nothing. */
export const NO_POLICY: Policy = { version: 0, auto_close: null };

/** Hours for which a visitor in this department may be silent; null: for ever. */
export function hoursOf({ auto_close }: Policy, departmentId: string): number | null {
  if (!auto_close) return null;
  const hours = auto_close.departments[departmentId] ?? auto_close.hours;
  return hours === 0 ? null : hours;
}

/** Whether something may be due earlier after the change: conversations that sleep must learn about it. */
export function isStricter(after: Policy, before: Policy): boolean {
  const named = [after, before].flatMap(({ auto_close }) =>
    Object.keys(auto_close?.departments ?? {}),
  );
  // No department is called like this: it stands for all others.
  return ['', ...named].some(
    (id) => (hoursOf(after, id) ?? FOR_EVER) < (hoursOf(before, id) ?? FOR_EVER),
  );
}

const FOR_EVER = Number.POSITIVE_INFINITY;

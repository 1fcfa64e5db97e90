/** Milliseconds between two lines of what a stranger could have written as often as they like. */
const EVERY = 60_000;

/** Keys that are remembered; beyond that all are forgotten, which costs a line more. */
const MOST = 1_000;

type LastLine = { at: number; since: number };

const lastLines = new Map<string, LastLine>();

/**
 * Whether a line is due that must not be written each time: what is refused comes from anybody, and
 * as often as anybody likes.
 *
 * @returns how often it happened since the line before; null where none is due
 */
export function sparingly(key: string, now = Date.now()): { count: number } | null {
  const previous = lastLines.get(key);
  if (previous && now - previous.at < EVERY) {
    previous.since += 1;
    return null;
  }
  if (lastLines.size >= MOST) lastLines.clear();
  lastLines.set(key, { at: now, since: 0 });
  return { count: (previous?.since ?? 0) + 1 };
}

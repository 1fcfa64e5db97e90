/** Milliseconds between two lines with the same key. */
const EVERY = 60_000;

/** How many keys are remembered. Beyond that all are dropped, which costs a few more lines. */
const MOST = 1_000;

type LastLine = { at: number; since: number };

const lastLines = new Map<string, LastLine>();

/**
 * Limits the log lines that a stranger can cause, such as refused requests, to one a minute per key.
 *
 * @returns how often it happened since the last line, or null if no line is due
 */
export function dueLine(key: string, now = Date.now()): { count: number } | null {
  const previous = lastLines.get(key);
  if (previous && now - previous.at < EVERY) {
    previous.since += 1;
    return null;
  }
  if (lastLines.size >= MOST) lastLines.clear();
  lastLines.set(key, { at: now, since: 0 });
  return { count: (previous?.since ?? 0) + 1 };
}

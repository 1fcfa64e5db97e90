/** The assumed height in pixels until a row was measured. */
const ROW = 84;

/**
 * The heights of a list's rows in pixels: measured ones, and for the others the most common height
 * of their kind. One unusual row must not move thousands of others.
 */
export function createRowHeights() {
  const measured = new Map<string, { kind: number; height: number }>();
  /** By kind: how many rows have each height. */
  const countsByKind: Map<number, number>[] = [];
  const usual: number[] = [];

  function count(kind: number, height: number, by: number): void {
    countsByKind[kind] ??= new Map();
    const all = countsByKind[kind];
    const number = (all.get(height) ?? 0) + by;
    all.set(height, number);
    if (number >= (all.get(usual[kind] ?? 0) ?? 0)) usual[kind] = height;
  }

  const of = (id: string, kind: number) =>
    measured.get(id)?.height ?? usual[kind] ?? usual[0] ?? ROW;

  return {
    of,
    /**
     * Takes the measured heights. Returns whether any row's height differs from the assumed one.
     */
    take(id: string, kind: number, height: number): boolean {
      const before = measured.get(id);
      if (height === 0 || before?.height === height) return false;
      const [taken, most] = [of(id, kind), usual[kind]];
      if (before) count(before.kind, before.height, -1);
      measured.set(id, { kind, height });
      count(kind, height, 1);
      return height !== taken || usual[kind] !== most;
    },
  };
}

/** Pixels that a row is taken for until one was measured. */
const ROW = 84;

/**
 * How high the rows of a list are, in pixels: each as it was measured, and those that nobody has
 * seen yet as most of their kind. One unusual row must not move thousands that are taken for it.
 */
export function createRowHeights() {
  const measured = new Map<string, { kind: number; height: number }>();
  /** By kind: how many were measured to be so high. */
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
    /** Takes what was measured; answers whether a row is not as high any more as it was taken for. */
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

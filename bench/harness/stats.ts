/** The quantile of the values for a share from 0 to 1, by nearest rank; NaN without values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  const rank = Math.ceil(share * sorted.length) - 1;
  return sorted[Math.min(Math.max(rank, 0), sorted.length - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Rounds to three significant digits; a shared machine measures no more precisely. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

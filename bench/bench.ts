/** A measurement: `npm run bench -- NAME`. */
export type Bench = {
  /** One line for the list: what it measures. */
  summary: string;
  /** Why the run of all quick benches (`npm run bench -- --quick`, a step of `npm test`) skips it. */
  notInAll?: string;
  /** Measures, prints tables meanwhile, and returns the results. */
  run(options: Options): Promise<Outcome>;
};

type Options = {
  /**
   * `--quick`: a few seconds and at most twenty, tiny sizes. It shows that the bench runs and that
   * what it counts is right; its times say nothing.
   */
  quick: boolean;
};

export type Outcome = {
  /** The failures as sentences: rows, bytes, losses, duplicates. Empty if it passed. */
  missed: string[];
  /** The missed time budgets. A quick run shows them and passes. */
  slow?: string[];
  /** The figures, for the JSON of the last line. */
  figures: Record<string, unknown>;
};

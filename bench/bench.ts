/** A measurement: `npm run bench -- NAME`. */
export type Bench = {
  /** One line for the list: what it measures. */
  summary: string;
  /** Measures, prints tables as it goes, and answers what it found. */
  run(options: Options): Promise<Outcome>;
};

type Options = {
  /** `--quick`: a minute at most, coarser figures, the same budgets. */
  quick: boolean;
};

export type Outcome = {
  /** Each budget that was missed, as a sentence; none: passed. */
  missed: string[];
  /** What was found, for the last line's JSON. */
  figures: Record<string, unknown>;
};

/** A measurement: `npm run bench -- NAME`. */
export type Bench = {
  /** One line for the list: what it measures. */
  summary: string;
  /** Why the run of all quick ones (`npm run bench -- --quick`, a step of `npm test`) leaves it out. */
  notInAll?: string;
  /** Measures, prints tables as it goes, and answers what it found. */
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
  /** What is wrong, each as a sentence: rows, bytes, losses, what came twice. None: passed. */
  missed: string[];
  /** Each budget of time that was missed. A quick run shows them and passes. */
  slow?: string[];
  /** What was found, for the last line's JSON. */
  figures: Record<string, unknown>;
};

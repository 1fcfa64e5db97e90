import { median, rounded } from '../harness/stats.ts';
import { printTable } from '../harness/table.ts';
import { published } from './published.ts';
import { builtFiles, bytesOf } from './requests.ts';
import type { Visit } from './visit.ts';

/** Medians over the visits; times in milliseconds, null if nothing was measured. */
export type Result = {
  requests_before: number | null;
  bytes_before: number | null;
  /** The difference to the page without a widget. */
  main_thread_before: number | null;
  script_before: number | null;
  shift_before: number | null;
  requests_after: number | null;
  bytes_after: number | null;
  /** HTML, scripts and styles alone: what the budget counts. */
  files_after: number | null;
  main_thread_after: number | null;
  script_after: number | null;
  /** From the click to a painted field that takes a message. */
  click_to_field: number | null;
};

/** `bare`: the visits to the page without a widget. */
export function summarize(visits: readonly Visit[], bare: readonly Visit[]): Result {
  const middle = (value: (visit: Visit) => number | null | undefined, of = visits) => {
    const figure = median(of.flatMap((visit) => value(visit) ?? []));
    return Number.isNaN(figure) ? null : figure;
  };
  const time = (value: Parameters<typeof middle>[0]) => {
    const figure = middle(value);
    return figure === null ? null : rounded(figure);
  };
  const beyond = (value: (visit: Visit) => number) =>
    rounded(Math.max(0, (middle(value) ?? Number.NaN) - (middle(value, bare) ?? Number.NaN)));
  return {
    requests_before: middle(({ before }) => before.requests.length),
    bytes_before: middle(({ before }) => bytesOf(before.requests)),
    main_thread_before: beyond(({ before }) => before.work.task),
    script_before: beyond(({ before }) => before.work.script),
    shift_before: middle(({ before }) => before.shift),
    requests_after: middle(({ after }) => after?.requests.length),
    bytes_after: middle(({ after }) => after && bytesOf(after.requests)),
    files_after: middle(({ after }) => after && bytesOf(builtFiles(after.requests))),
    main_thread_after: time(({ after }) => after?.work.task),
    script_after: time(({ after }) => after?.work.script),
    click_to_field: time(({ usable }) => usable),
  };
}

export function printResults(results: ReadonlyMap<string, Result>): void {
  printTable(
    'Before a click: what a widget adds to the page (brotli; CPU 4 times slower)',
    ['', 'requests', 'bytes', 'main thread ms', 'script ms', 'layout shift'],
    [...results].map(([name, one]) => [
      name,
      one.requests_before,
      one.bytes_before,
      one.main_thread_before,
      one.script_before,
      one.shift_before,
    ]),
  );
  printTable(
    'From the click to a field that takes a message (slow 4G)',
    ['', 'requests', 'bytes', 'built files', 'main thread ms', 'script ms', 'ms to the field'],
    [...results].map(([name, one]) => [
      name,
      one.requests_after,
      one.bytes_after,
      one.files_after,
      one.main_thread_after,
      one.script_after,
      one.click_to_field,
    ]),
  );
}

export function printPublished(): void {
  printTable(
    'What others have published',
    ['', 'figure', 'date', 'source'],
    published.map(({ what, figure, date, source }) => [what, figure, date, source]),
  );
}

/** A budget: the sentence to print when `measured` is more than `most`. */
export function atMost(most: number, measured: number | null, what: string): string[] {
  if (measured === null) return [`${what} could not be measured.`];
  return measured > most ? [`${what}: ${measured}; at most ${most}.`] : [];
}

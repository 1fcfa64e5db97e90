import { median, rounded } from '../harness/stats.ts';
import { printTable } from '../harness/table.ts';
import { CPU_SLOWDOWN } from './conditions.ts';
import type { Dashboard } from './dashboard.ts';
import type { LongList } from './long-list.ts';
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

export function printDashboard(dashboard: Dashboard): void {
  printTable(
    'The dashboard',
    ['', 'found'],
    [
      ['first screen: bytes of scripts and styles', dashboard.first_screen],
      ['to a warm conversation: ms of script', dashboard.warm_switch.script],
      ['to a warm conversation: ms of the main thread', dashboard.warm_switch.task],
      ['the same on a CPU 4 times slower: ms of script', dashboard.slow_warm_switch.script],
      ['the same on a CPU 4 times slower: ms of the main thread', dashboard.slow_warm_switch.task],
    ],
  );
}

export function printLongList(longList: LongList): void {
  const { conversations, rows_in_page, scrolling, slow_scrolling } = longList;
  printTable(
    `Scrolling in an inbox of ${conversations} conversations, all loaded; ${rows_in_page} in the page`,
    ['', 'frame ms, median', 'p95', 'tasks over 50 ms', 'script ms per frame'],
    [
      ['desktop', scrolling] as const,
      [`CPU ${CPU_SLOWDOWN} times slower`, slow_scrolling] as const,
    ].map(([where, one]) => [where, one.median, one.p95, one.long_tasks, one.script_per_frame]),
  );
}

export function printPublished(): void {
  printTable(
    'What others have published',
    ['', 'figure', 'date', 'source'],
    published.map(({ what, figure, date, source }) => [what, figure, date, source]),
  );
}

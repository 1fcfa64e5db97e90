import { rounded } from '../harness/stats.ts';
import { printTable } from '../harness/table.ts';
import { CPU_SLOWDOWN } from './conditions.ts';
import type { Dashboard } from './dashboard.ts';
import type { LongList } from './long-list.ts';
import { atMost } from './report.ts';

/** Bytes of scripts and styles of the first screen with an open conversation. */
const FIRST_SCREEN = 71_680;
/** Milliseconds of the main thread to a conversation that was open before, on the slow CPU. */
const WARM_SWITCH = 100;
/** Rows of a list in the page, on a screen of 900 pixels, as in e2e/dashboard/long-inbox.test.ts. */
const ROWS = 38;

const ROWS_OF_TABLE: readonly (readonly [string, (of: Dashboard) => number])[] = [
  ['inbox: bytes of scripts and styles', ({ inbox }) => inbox.code],
  ['inbox: requests', ({ inbox }) => inbox.requests],
  ['with a conversation: bytes of scripts and styles', ({ conversation }) => conversation.code],
  ['with a conversation: requests', ({ conversation }) => conversation.requests],
  ['with a conversation: bytes that load ahead', ({ conversation }) => conversation.ahead],
  ['with a conversation: ms of the main thread', ({ conversation }) => conversation.work.task],
  ['the same, slow', ({ slow_conversation }) => slow_conversation.work.task],
  ['to a conversation not opened before, slow', ({ slow_cold_switch }) => slow_cold_switch.task],
  ['to a warm conversation: ms of the main thread', ({ warm_switch }) => warm_switch.task],
  ['the same, slow', ({ slow_warm_switch }) => slow_warm_switch.task],
  ['of it script, slow', ({ slow_warm_switch }) => slow_warm_switch.script],
];

/** @param base what it is compared with, by the name of its commit */
export function printDashboard(
  now: Dashboard,
  base: { name: string; dashboard: Dashboard } | null,
): void {
  printTable(
    `The dashboard; slow is a CPU ${CPU_SLOWDOWN} times slower`,
    ['', 'now', ...(base ? [base.name, 'ratio'] : [])],
    ROWS_OF_TABLE.map(([name, of]) => {
      const value = of(now);
      const before = base && of(base.dashboard);
      return before === null ? [name, value] : [name, value, before, rounded(value / before)];
    }),
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

/** What counts exactly, on any machine. */
export function missedByDashboard({ conversation }: Dashboard, { rows_in_page }: LongList) {
  return [
    ...atMost(FIRST_SCREEN, conversation.code, 'bytes of the first screen with a conversation'),
    ...atMost(ROWS, rows_in_page, 'rows in the page'),
  ];
}

/** What a busy machine measures wrongly. */
export function slowDashboard({ slow_warm_switch }: Dashboard, { scrolling }: LongList): string[] {
  return [
    ...atMost(WARM_SWITCH, slow_warm_switch.task, 'milliseconds to a warm conversation, slow CPU'),
    ...atMost(0, scrolling.long_tasks, 'tasks over 50 ms while scrolling ten thousand rows'),
  ];
}

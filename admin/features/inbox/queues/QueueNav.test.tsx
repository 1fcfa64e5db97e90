import { MemoryRouter, Route } from '@solidjs/router';
import { render, within } from '@solidjs/testing-library';
import { expect, test } from 'vitest';
import type { QueueCounts } from '../../../../protocol/resources/queue-counts.ts';
import type { SavedView } from '../../../../protocol/resources/saved-view.ts';
import { standIn } from '../../../test/stand-in.ts';
import { InboxContext, type InboxContextValue } from '../context.ts';
import { QueueNav } from './QueueNav.tsx';
import { queueFilter } from './queues.ts';

/** The queues and their counts, to the eye and to a screen reader. */

const COUNTS: QueueCounts = {
  unassigned: 1_249,
  mine: 7,
  mentions: 2,
  all: 2_000,
  snoozed: 3,
  departments: { d1: 40, d2: 0 },
  labels: { l1: 5 },
  late: { unassigned: 12, mine: 0, as_of: '2026-11-12T12:00:00.000Z', next_in: null },
};

type Listed<Name extends keyof InboxContextValue['directory']> = ReturnType<
  Extract<InboxContextValue['directory'][Name], () => unknown>
>;

const view = (id: string, name: string, query: SavedView['query']) => ({ id, name, query });

async function show(counts: QueueCounts | null) {
  const departments = ['d1', 'd2'].map((id) => ({ id, name: `Team ${id}`, archived_at: null }));
  const views = [
    view('v1', 'Refunds', { status: 'open', label: 'l1' }),
    view('v2', 'Refunds of Team d1', { status: 'open', label: 'l1', department: 'd1' }),
  ];
  const context = standIn<InboxContextValue>({
    inbox: standIn<InboxContextValue['inbox']>({
      counts: () => counts,
      filter: () => queueFilter('mine'),
    }),
    directory: standIn<InboxContextValue['directory']>({
      views: () => views as Listed<'views'>,
      shown: () => departments as Listed<'shown'>,
      labels: () => [
        standIn<Listed<'labels'>[number]>({ id: 'l1', name: 'Refund', color: '#aa3300' }),
      ],
    }),
    view: () => null,
  });
  const { container } = render(() => (
    <InboxContext.Provider value={context}>
      <MemoryRouter>
        <Route path="*" component={() => <QueueNav />} />
      </MemoryRouter>
    </InboxContext.Provider>
  ));
  const section = (name: string) => within(container).findByRole('navigation', { name });
  const link = async (place: string, name: string | RegExp) =>
    within(await section(place)).getByRole('link', { name });
  const isQuiet = (element: HTMLElement) => element.querySelector('[class*="quiet"]') !== null;
  return { link, isQuiet };
}

test('counts stand at the queues that ask for action, exact to 999', async () => {
  const { link, isQuiet } = await show(COUNTS);
  for (const [place, name] of [
    ['Queues', /^Mine 7$/],
    ['Queues', /^Mentions 2$/],
    ['Views', /^Refunds 5$/],
  ] as const) {
    expect(isQuiet(await link(place, name)), String(name)).toBe(false);
  }
});

test('the others are quiet: shown on hover and focus, and read aloud', async () => {
  const { link, isQuiet } = await show(COUNTS);
  for (const [place, name] of [
    ['Queues', /^All open 2k\+$/],
    ['Queues', /^Snoozed 3$/],
    ['Departments', /^Team d1 40$/],
    ['Labels', /^Refund 5$/],
  ] as const) {
    expect(isQuiet(await link(place, name)), String(name)).toBe(true);
  }
});

test('a second number says how many are late, where any is', async () => {
  const { link } = await show(COUNTS);
  expect(await link('Queues', /^Unassigned 12 late, 1\.2k$/)).toBeDefined();
  expect((await link('Queues', /^Mine/)).querySelector('[class*="late"]')).toBeNull();
});

test('what is not counted has no count: closed, two filters, none, and before they are known', async () => {
  const { link } = await show(COUNTS);
  for (const [place, name] of [
    ['Queues', 'Closed'],
    ['Views', 'Refunds of Team d1'],
    ['Departments', 'Team d2'],
  ] as const) {
    expect(await link(place, name)).toBeDefined();
  }
});

test('before the counts are known, and from a Worker without late ones, nothing is said of them', async () => {
  const { link } = await show(null);
  expect(await link('Queues', 'Mine')).toBeDefined();
  const { late: _, ...older } = COUNTS;
  const { link: olderLink } = await show(older);
  expect(await olderLink('Queues', /^Unassigned 1\.2k$/)).toBeDefined();
});

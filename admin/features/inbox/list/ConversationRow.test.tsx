import { MemoryRouter, Route } from '@solidjs/router';
import { render, screen, within } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import type { Label } from '../../../../protocol/resources/label.ts';
import { standIn } from '../../../test/stand-in.ts';
import { InboxContext, type InboxContextValue } from '../context.ts';
import { type QueueId, queueFilter } from '../queues/queues.ts';
import { summary } from '../summary.fixture.ts';
import { ConversationRow } from './ConversationRow.tsx';

/** A row of the list: what it says in its two lines, to the eye and to a screen reader. */

const ME = { id: 'maya', name: 'Maya Lindqvist' };
const TOM = { id: 'tom', name: 'Tom Okafor' };
const LABELS = ['Refund', 'Bug', 'Sales', 'Old'].map((name, index) => ({
  id: `l${index}`,
  name,
  color: '#aa3300',
})) as Label[];
const AT = Date.parse('2026-11-12T12:00:00.000Z');

beforeEach(() => {
  // `now` is the clock's last tick.
  vi.setSystemTime(AT);
  document.dispatchEvent(new Event('visibilitychange'));
});

type Surroundings = {
  queue?: QueueId;
  sort?: 'activity' | 'waiting';
  minutes?: number;
  hasLeft?: boolean;
  departments?: readonly { id: string; name: string }[];
  /** Seconds that the department usually takes. */
  expected?: number;
};

/** A row, so many minutes after its conversation's last message. */
async function show(
  change: Partial<ConversationSummary> = {},
  {
    queue = 'all',
    sort = 'activity',
    minutes = 0,
    hasLeft = false,
    departments = [
      { id: 'd1', name: 'Billing' },
      { id: 'd2', name: 'Sales' },
    ],
    expected = 600,
  }: Surroundings = {},
) {
  vi.setSystemTime(AT + minutes * 60_000);
  document.dispatchEvent(new Event('visibilitychange'));
  const conversation = summary(change);
  const toggle = vi.fn();
  const context = standIn<InboxContextValue>({
    inbox: standIn<InboxContextValue['inbox']>({
      me: standIn<InboxContextValue['inbox']['me']>({
        user: standIn<InboxContextValue['inbox']['me']['user']>(ME),
      }),
      filter: () => queueFilter(queue, { sort }),
      hasLeft: () => hasLeft,
      expectedSeconds: () => expected,
    }),
    directory: standIn<InboxContextValue['directory']>({
      labelsOf: (ids) => LABELS.filter(({ id }) => ids.includes(id)),
      shown: () => departments as ReturnType<InboxContextValue['directory']['shown']>,
      departmentName: (id) => departments.find((department) => department.id === id)?.name ?? null,
      imageOf: () => null,
    }),
    selection: standIn<InboxContextValue['selection']>({
      has: () => false,
      any: () => false,
      toggle,
    }),
    path: (id) => `/inbox/all/${id}`,
  });
  const { container } = render(() => (
    <InboxContext.Provider value={context}>
      <MemoryRouter>
        <Route
          path="*"
          component={() => (
            <ul>
              <ConversationRow
                ref={() => {}}
                conversation={conversation}
                current={false}
                top={0}
                place={1}
                of={1}
              />
            </ul>
          )}
        />
      </MemoryRouter>
    </InboxContext.Provider>
  ));
  const link = await within(container).findByRole('link');
  const age = link.querySelector('time');
  return { link, age, toggle, text: link.textContent ?? '' };
}

const answered = { last_sender: 'agent', waiting_since: null, status: 'active' } as const;

test('names the visitor and what they wrote, with its age once', async () => {
  const { text, age } = await show(
    { customer: { id: 'w1', full_name: 'Ada Byron', email: null } },
    { minutes: 4 },
  );
  expect(text).toContain('Ada Byron');
  expect(text).toContain('Hello');
  expect(age?.firstChild?.textContent).toBe('4 min');
  expect(text.match(/4 min/g)).toHaveLength(2); // The second is for screen readers.
  expect(age?.title).toMatch(/^Waiting 4 min · /);
});

test('a visitor without a name has a hint and a colour that follows from their id', async () => {
  const customer = { full_name: null, email: null, city: 'Austin', page: '/pricing' };
  const first = await show({ customer: { id: 'w1', ...customer } });
  expect(first.text).toMatch(/^Anonymous VisitorAustin · \/pricing/);
  const colourOf = (link: HTMLElement) => link.firstElementChild?.className;
  const again = (await show({ customer: { id: 'w1', ...customer } }, {})).link;
  expect(colourOf(again)).toBe(colourOf(first.link));
});

test.each([
  [9, null],
  [10, 'late'],
  [19, 'late'],
  [20, 'overdue'],
])('an answer after %i of 10 expected minutes is %s', async (minutes, lateness) => {
  const { age } = await show({}, { minutes, expected: 600 });
  const shown = ['late', 'overdue'].filter((name) => age?.className.includes(name));
  expect(shown).toEqual(lateness ? [lateness] : []);
  expect(age?.textContent?.includes('longer than usual')).toBe(lateness !== null);
});

test('is grey once it was answered, however old', async () => {
  const { age, text } = await show(answered, { minutes: 600 });
  expect(age?.className).not.toMatch(/late|overdue/);
  expect(age?.title).not.toContain('Waiting');
  expect(text).toContain('Answered: ');
});

test('labels, priority and mention stand in the second line as marks with names', async () => {
  const { link, text } = await show({
    label_ids: LABELS.map(({ id }) => id),
    priority: 'urgent',
    mentions: [{ user_id: ME.id, seq: 1, seen: false }],
  });
  for (const name of ['Mentioned you', 'Urgent', 'Refund, Bug, Sales, Old', '+1']) {
    expect(text).toContain(name);
  }
  expect(link.querySelector('[title="Refund, Bug, Sales, Old"]')).not.toBeNull();
});

test.each([
  ['the department, where there are several', {}, {}, 'Billing'],
  ['not where there is one', {}, { departments: [{ id: 'd1', name: 'Billing' }] }, ''],
  ['until when it is snoozed', { status: 'snoozed' }, {}, 'until they reply'],
  ['that it was closed', { status: 'closed' }, {}, 'Closed'],
  [
    'where it went',
    { ...answered, assignee: ME },
    { hasLeft: true, queue: 'unassigned' },
    'Moved to Mine',
  ],
  [
    'whose it is now',
    { ...answered, assignee: TOM },
    { hasLeft: true, queue: 'mine' },
    'Moved to Tom Okafor',
  ],
  ['that it is unassigned', {}, { hasLeft: true, queue: 'mine' }, 'Moved to Unassigned'],
  ['that it is elsewhere', answered, { hasLeft: true }, 'Moved'],
  ['that it is answered', answered, { hasLeft: true, sort: 'waiting' }, 'Answered'],
] as const)('says %s', async (_, change, surroundings, expected) => {
  const { link } = await show(change, surroundings);
  const places = [...link.querySelectorAll('[class*="place"]')];
  expect(places.map(({ textContent }) => textContent).join('')).toBe(expected);
});

test('shows the assignee’s face, but for one’s own in Mine', async () => {
  expect((await show({ assignee: TOM })).text).toContain('Assigned to Tom Okafor');
  expect((await show({ assignee: ME }, { queue: 'mine' })).text).not.toContain('Assigned to');
});

test.each([
  ['no one has seen it', {}, 'Unread, no one has seen it'],
  ['a colleague has', { agent_read_seq: 1, agent_reads: { tom: 1 } }, 'Unread'],
  ['I have', { agent_read_seq: 1, agent_reads: { tom: 1, maya: 1 } }, undefined],
  ['a team has, before there were own marks', { agent_read_seq: 1, agent_reads: null }, undefined],
  ['I answered', answered, undefined],
] as const)('is marked as unread for me, while %s', async (_, change, expected) => {
  const { link } = await show(change);
  expect(link.querySelector('[class*="dot"]')?.textContent).toBe(expected);
});

test('its box selects it, and has the name of its visitor', async () => {
  const { toggle } = await show({ customer: { id: 'w1', full_name: 'مها', email: null } });
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select مها' }));
  expect(toggle).toHaveBeenCalledWith('c1');
  expect(screen.getByText('مها', { selector: '[dir=auto]' })).toBeDefined();
});

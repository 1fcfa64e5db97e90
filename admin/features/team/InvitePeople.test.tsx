import { screen, within } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { RequestError } from '../../../protocol/client/http.ts';
import { MAX_INVITED_AT_ONCE } from '../../../protocol/limits.ts';
import type { DepartmentRecord } from '../../../protocol/resources/department.ts';
import type { InviteOutcome } from '../../../protocol/resources/team.ts';
import { type Live, LiveContext } from '../../live/live.ts';
import { renderInRouter } from '../../test/in-router.tsx';
import { standIn } from '../../test/stand-in.ts';
import type { Me } from '../session/api.ts';
import { type Session, SessionContext } from '../session/session.ts';
import { inviteSeveral } from './api.ts';
import InvitePeople from './InvitePeople.tsx';

/** Several people are invited at once, and each address has its outcome. */

vi.mock(import('./api.ts'), async (original) => ({
  ...(await original()),
  inviteSeveral: vi.fn(),
}));

const outcome = (
  email: string,
  outcome: InviteOutcome['outcome'],
  link: string | null = null,
): InviteOutcome => ({ email, outcome, link });

function open() {
  const onInvited = vi.fn();
  const department = standIn<DepartmentRecord>({ id: 'sales', name: 'Sales', archived_at: null });
  const live = standIn<Live>({
    directory: standIn<Live['directory']>({ departments: () => [department] }),
  });
  const session = standIn<Session>({ me: standIn<Me>({ role: 'admin' }) });
  renderInRouter(() => (
    <SessionContext.Provider value={session}>
      <LiveContext.Provider value={live}>
        <InvitePeople onInvited={onInvited} />
      </LiveContext.Provider>
    </SessionContext.Provider>
  ));
  return { onInvited, field: screen.getByLabelText<HTMLTextAreaElement>('E-mail addresses') };
}

const invite = () => userEvent.click(screen.getByRole('button', { name: 'Invite' }));

beforeEach(() => {
  vi.mocked(inviteSeveral).mockReset();
});

test('each address has its outcome; those that are wrong stay to be corrected', async () => {
  vi.mocked(inviteSeveral).mockResolvedValue([
    outcome('ann@a.example', 'invited', 'https://chat.example/admin/join#1'),
    outcome('nobody', 'invalid'),
    outcome('bob@b.example', 'member'),
    outcome('carl@c.example', 'not_mailed', '/admin/join#2'),
  ]);
  const { field, onInvited } = open();
  await userEvent.type(field, 'ann@a.example, nobody{Enter}bob@b.example; carl@c.example');
  await userEvent.click(screen.getByRole('checkbox', { name: 'Sales' }));
  await userEvent.selectOptions(screen.getByLabelText('Role'), 'admin');
  await invite();
  expect(inviteSeveral).toHaveBeenCalledWith({
    emails: ['ann@a.example', 'nobody', 'bob@b.example', 'carl@c.example'],
    role: 'admin',
    departmentIds: ['sales'],
  });
  const rows = within(screen.getByRole('list', { name: 'Results' })).getAllByRole('listitem');
  expect(rows.map((row) => row.textContent)).toEqual([
    'ann@a.exampleInvitedCopy link',
    'nobodyNot an e-mail address',
    'bob@b.exampleAlready a member',
    'carl@c.exampleWe couldn’t send the e-mail. Share the link yourself.Copy link',
  ]);
  expect(field.value).toBe('nobody');
  expect(onInvited).toHaveBeenCalledTimes(1);
});

test('many go in several requests; what a failure left out stays in the field', async () => {
  const addresses = Array.from({ length: MAX_INVITED_AT_ONCE + 2 }, (_, n) => `a${n}@a.example`);
  const first = addresses.slice(0, MAX_INVITED_AT_ONCE);
  vi.mocked(inviteSeveral)
    .mockResolvedValueOnce(first.map((email) => outcome(email, 'invited', '#')))
    .mockRejectedValueOnce(new RequestError(429, 'rate_limited', 'Too many requests.'));
  const { field } = open();
  await userEvent.click(field);
  await userEvent.paste(addresses.join('\n'));
  await invite();
  screen.getByText('Too many requests.');
  expect(field.value).toBe(addresses.slice(MAX_INVITED_AT_ONCE).join('\n'));
});

test('without an address nothing is sent', async () => {
  const { field } = open();
  await invite();
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(inviteSeveral).not.toHaveBeenCalled();
});

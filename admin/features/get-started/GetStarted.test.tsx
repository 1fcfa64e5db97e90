import { screen, within } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal } from 'solid-js';
import { beforeEach, expect, test, vi } from 'vitest';
import type { SettingsChanged } from '../../../protocol/frames/organization-socket.ts';
import type { DepartmentRecord } from '../../../protocol/resources/department.ts';
import type { GetStarted as Progress } from '../../../protocol/resources/get-started.ts';
import { DEFAULT_PREFERENCES } from '../../../protocol/resources/preference-choices.ts';
import { type Live, LiveContext } from '../../live/live.ts';
import { renderInRouter } from '../../test/in-router.tsx';
import { standIn } from '../../test/stand-in.ts';
import { createDepartment } from '../departments/api.ts';
import { adoptPreferences } from '../profile/preferences.ts';
import type { Me } from '../session/api.ts';
import { changeMe } from '../session/api.ts';
import { type Session, SessionContext } from '../session/session.ts';
import { getProgress } from './api.ts';
import GetStarted from './GetStarted.tsx';

/** The first steps: what ticks them, what is asked of the server, and when they go. */

vi.mock(import('./api.ts'), async (original) => ({
  ...(await original()),
  getProgress: vi.fn(),
}));
vi.mock(import('../session/api.ts'), async (original) => ({
  ...(await original()),
  changeMe: vi.fn(),
}));
vi.mock(import('../departments/api.ts'), async (original) => ({
  ...(await original()),
  createDepartment: vi.fn(),
}));

const NOTHING: Progress = {
  widget: {
    public_key: 'wk_abc',
    accent: null,
    position: null,
    launcher: 'icon',
    launcher_text: null,
    seen: null,
  },
  test_page: true,
  conversation: false,
  departments: false,
  team: false,
};
const EVERYTHING: Progress = {
  ...NOTHING,
  widget: {
    ...NOTHING.widget,
    seen: { origin: 'https://shop.example', at: '2026-01-01T00:00:00Z' },
  },
  conversation: true,
  departments: true,
  team: true,
};

type Conversation = NonNullable<ReturnType<Live['inbox']['newConversation']>>;

function begin(progress: Progress) {
  vi.mocked(getProgress).mockResolvedValue(progress);
  let tell: (what: SettingsChanged['what'] | 'everything') => void = () => {};
  const [newConversation, setNewConversation] = createSignal<Conversation | null>(null);
  const departments = (): DepartmentRecord[] => [];
  const live = standIn<Live>({
    inbox: standIn<Live['inbox']>({ newConversation }),
    directory: standIn<Live['directory']>({
      departments,
      lists: standIn<Live['lists']>({
        departments: standIn<Live['lists']['departments']>({
          value: departments,
          put: () => {},
        }),
      }),
    }),
    onSettings: (listener) => {
      tell = listener;
    },
  });
  const session = standIn<Session>({ me: standIn<Me>({ role: 'owner' }) });
  renderInRouter(() => (
    <SessionContext.Provider value={session}>
      <LiveContext.Provider value={live}>
        <GetStarted fallback={<p>Nothing open</p>} />
      </LiveContext.Provider>
    </SessionContext.Provider>
  ));
  return { tell: (what: SettingsChanged['what']) => tell(what), setNewConversation };
}

const step = (name: RegExp) => screen.findByRole('button', { name });

beforeEach(() => {
  adoptPreferences(DEFAULT_PREFERENCES);
  vi.mocked(getProgress).mockReset();
  vi.mocked(changeMe).mockReset();
  vi.stubGlobal('Notification', {
    permission: 'default',
    requestPermission: async () => 'granted',
  });
});

test('one request covers all steps; the first that is left is open, with the line for the site', async () => {
  begin(NOTHING);
  await screen.findByText('0 of 5 done');
  expect(getProgress).toHaveBeenCalledTimes(1);
  const site = await step(/^Put the chat on your site.*to do$/);
  expect(site.getAttribute('aria-expanded')).toBe('true');
  await screen.findByText('Waiting for the first visit…');
  const code = screen.getByLabelText<HTMLInputElement>('Code to copy');
  expect(code.value).toContain('data-key="wk_abc"');

  const user = userEvent.setup();
  await user.click(screen.getByRole('tab', { name: 'Google Tag Manager' }));
  expect(screen.getByLabelText<HTMLInputElement>('Code to copy').value).toContain('?key=wk_abc');
  await user.keyboard('{ArrowRight}');
  expect(screen.getByRole('tab', { name: 'React' }).getAttribute('aria-selected')).toBe('true');
  expect(screen.getByLabelText<HTMLTextAreaElement>('Code to copy').value).toContain('useEffect');
  const mail = screen.getByRole<HTMLAnchorElement>('link', { name: 'E-mail it to a developer' });
  expect(decodeURIComponent(mail.href)).toContain('data-key="wk_abc"');
});

test('a frame that says what changed ticks a step, and keeps it open', async () => {
  const { tell } = begin(NOTHING);
  await screen.findByText('0 of 5 done');
  vi.useFakeTimers();
  vi.mocked(getProgress).mockResolvedValue({ ...NOTHING, widget: EVERYTHING.widget });
  tell('labels');
  await vi.advanceTimersByTimeAsync(3_000);
  expect(getProgress).toHaveBeenCalledTimes(1);
  tell('settings');
  await vi.advanceTimersByTimeAsync(3_000);
  vi.useRealTimers();
  await screen.findByText('1 of 5 done');
  await step(/^Put the chat on your site.*done$/);
  await screen.findByText('shop.example');
  // Nothing asks again by itself.
  expect(getProgress).toHaveBeenCalledTimes(2);
});

test('a test chat opens in a new tab, and its conversation is offered once it is there', async () => {
  const { setNewConversation } = begin(NOTHING);
  await userEvent.click(await step(/^Try it yourself/));
  const link = screen.getByRole<HTMLAnchorElement>('link', { name: 'Open a test chat' });
  expect(link.target).toBe('_blank');
  expect(link.pathname).toBe('/api/admin/get-started/test-chat');
  vi.mocked(getProgress).mockResolvedValue({ ...NOTHING, conversation: true });
  setNewConversation(standIn<Conversation>({ id: 'new' }));
  await screen.findByText('1 of 5 done');
  const opened = screen.getByRole<HTMLAnchorElement>('link', { name: 'Open the conversation' });
  expect(opened.pathname).toContain('/inbox/unassigned/new');
});

test('where only other websites may show the widget, the test page is not offered', async () => {
  begin({ ...NOTHING, test_page: false });
  await userEvent.click(await step(/^Try it yourself/));
  expect(screen.queryByRole('link', { name: 'Open a test chat' })).toBe(null);
  screen.getByText(/Open the chat on your own site/);
});

test('a template becomes a department', async () => {
  begin(NOTHING);
  await userEvent.click(await step(/^Set up departments/));
  await userEvent.click(await screen.findByRole('button', { name: 'Add Sales' }));
  const [department] = vi.mocked(createDepartment).mock.calls[0] ?? [];
  expect(department).toMatchObject({ name: 'Sales' });
  expect(department?.preChatFields).toHaveLength(4);
});

test('notifications are ticked once the browser allows them and the choice is saved', async () => {
  begin(NOTHING);
  vi.mocked(changeMe).mockImplementation(async () =>
    standIn<Me>({ preferences: { ...DEFAULT_PREFERENCES, browser_notifications: true } }),
  );
  await userEvent.click(await step(/^Turn on notifications/));
  vi.stubGlobal('Notification', { permission: 'granted' });
  const body = within(screen.getByRole('region', { name: 'Get started' }));
  await userEvent.click(body.getByRole('button', { name: 'Turn on notifications' }));
  await screen.findByText('1 of 5 done');
});

test('an owner who has done every step does not see them, and dismissing is stored', async () => {
  adoptPreferences({ ...DEFAULT_PREFERENCES, browser_notifications: true });
  vi.stubGlobal('Notification', { permission: 'granted' });
  vi.mocked(changeMe).mockImplementation(async () =>
    standIn<Me>({ preferences: { ...DEFAULT_PREFERENCES, get_started: false } }),
  );
  begin(EVERYTHING);
  await vi.waitFor(() => {
    expect(changeMe).toHaveBeenCalledWith({ preferences: { getStarted: false } });
  });
});

test('the pane’s own text stands until the answer is there', async () => {
  begin(NOTHING);
  screen.getByText('Nothing open');
  await screen.findByText('0 of 5 done');
});

import { screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createRoot } from 'solid-js';
import { afterEach, expect, test, vi } from 'vitest';
import type { DepartmentRecord } from '../../../protocol/resources/department.ts';
import { createLists } from '../../live/lists.ts';
import { type Live, LiveContext } from '../../live/live.ts';
import { renderInRouter } from '../../test/in-router.tsx';
import { standIn } from '../../test/stand-in.ts';
import { DepartmentEditor } from './DepartmentEditor.tsx';

/** Saving a department: what it asks of the server, and what other dashboards ask. */

// The preview is a frame of its own.
vi.mock(import('./DepartmentPreview.tsx'), () => ({ DepartmentPreview: () => null }));

const SALES: DepartmentRecord = {
  id: '01900000-0000-7000-8000-00000000000a',
  name: 'Sales',
  description: null,
  pre_chat_fields: [],
  position: 0,
  visible: true,
  offline: 'show',
  auto_close: 'inherit',
  archived_at: null,
  schedule_id: null,
  member_ids: [],
  translations: {},
};

/** The API, with one department; `requests` are those that were made. */
function serve() {
  const requests: string[] = [];
  vi.stubGlobal('fetch', async (input: Request | URL | string, init: RequestInit = {}) => {
    const { pathname } = new URL(String(input instanceof Request ? input.url : input));
    requests.push(`${init.method ?? 'GET'} ${pathname.replace('/api/admin/', '')}`);
    if (init.method !== 'PATCH') {
      const items = pathname.endsWith('departments') ? [SALES] : [];
      return Response.json({ items, next_cursor: null, settings: null });
    }
    const department = { ...SALES, ...JSON.parse(String(init.body)) };
    return Response.json({ department: { ...SALES, name: department.name }, version: 1 });
  });
  return requests;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A dashboard whose lists have loaded. */
async function dashboard() {
  const lists = createRoot(() => createLists());
  lists.connected(true);
  lists.welcome({ type: 'versions', versions: {} });
  lists.departments.want();
  await vi.waitFor(() => expect(lists.departments.state()).toBe('ready'));
  return lists;
}

test('A30: one save is one request, and neither its own frame nor another dashboard makes one', async () => {
  const requests = serve();
  const [own, another] = [await dashboard(), await dashboard()];
  const user = userEvent.setup();
  renderInRouter(() => (
    <LiveContext.Provider value={standIn<Live>({ lists: own })}>
      <DepartmentEditor department={own.departments.byId(SALES.id) ?? null} />
    </LiveContext.Provider>
  ));
  await vi.waitFor(() => {
    expect(own.members.state()).toBe('ready');
    expect(own.schedules.state()).toBe('ready');
    expect(requests.filter((request) => /settings|team/.test(request))).toHaveLength(2);
  });
  const name = screen.getByRole('textbox', { name: 'Name' });
  requests.length = 0;
  // Longer than a list would wait before it is loaded again.
  vi.useFakeTimers({ shouldAdvanceTime: true });
  await user.clear(name);
  await user.type(name, 'Shop');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await vi.waitFor(() => expect(own.departments.byId(SALES.id)?.name).toBe('Shop'));
  for (const lists of [own, another]) {
    lists.receive({
      type: 'setup',
      what: 'departments',
      version: 1,
      items: [{ ...SALES, name: 'Shop' }],
      removed: [],
    });
  }
  await vi.advanceTimersByTimeAsync(5_000);
  vi.useRealTimers();
  expect(another.departments.byId(SALES.id)?.name).toBe('Shop');
  expect(requests).toEqual([`PATCH departments/${SALES.id}`]);
});

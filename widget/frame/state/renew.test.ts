import { afterEach, expect, test, vi } from 'vitest';
import type { OpenDepartment } from '../../../protocol/resources/department.ts';
import type { WidgetSession } from '../../../protocol/widget/widget-session.ts';
import { renew } from './lazy/renew.ts';
import renewInUse from './lazy/renew-in-use.ts';

afterEach(() => vi.useRealTimers());

const department = (name: string, presence: string): OpenDepartment => ({
  id: name,
  name,
  description: null,
  pre_chat_fields: [],
  online: [],
  reply_seconds: null,
  availability: { state: 'away', opens_at: null, note: null, reply_seconds: null },
  presence,
  notice: null,
});

function opened(departments: OpenDepartment[]) {
  const answer: WidgetSession = {
    sessionToken: 'st',
    visitorToken: 'vt',
    visitor_id: 'v',
    departments,
    closed: null,
    settings: {
      organization: { id: 'o', name: 'Acme' },
      greeting: '',
      accent: null,
      locale: 'en',
    },
    customer: null,
    open_conversation: null,
    identity: null,
  };
  let info: WidgetSession | undefined = answer;
  const open = async () => structuredClone(answer);
  const setInfo = (next: WidgetSession) => {
    info = next;
  };
  return {
    model: { info: () => info, setInfo, session: { open } },
    open,
    answer,
  };
}

test('a department that did not change stays what it is, so that its row keeps the focus', async () => {
  const sales = department('Sales', 'Away');
  const { model, answer } = opened([department('Billing', 'Away'), sales]);
  answer.departments = [department('Billing', 'Back tomorrow at 9:00 AM'), { ...sales }];
  const before = { ...answer, departments: [department('Billing', 'Away'), sales] };
  model.setInfo(before);
  await renew(model);
  expect(model.info()?.departments[0]?.presence).toBe('Back tomorrow at 9:00 AM');
  expect(model.info()?.departments[1]).toBe(sales);
});

let now = Date.now();

/** A model with a view, which counts its requests; `use` is what the visitor's activity does. */
function inUse(name: string) {
  // Long after the test before.
  now += 3_600_000;
  vi.useFakeTimers({ now });
  const { model, open } = opened([department('Billing', 'Away')]);
  const request = vi.fn<typeof open>(open);
  const options: { identity?: string } = {};
  const view = { name };
  const viewed = { ...model, view: () => view, session: { open: request, options } };
  async function use(): Promise<void> {
    const renewed = renewInUse(viewed);
    await vi.advanceTimersByTimeAsync(500);
    await renewed;
  }
  return { request, use, view, options };
}

test.each(['home', 'form'])(
  'the view %s asks once a minute, however active it is',
  async (name) => {
    const { request, use } = inUse(name);
    await Promise.all([use(), use(), use()]);
    expect(request).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(50_000);
    await use();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(request).toHaveBeenCalledTimes(1);
    await use();
    expect(request).toHaveBeenCalledTimes(2);
  },
);

test('a conversation asks nothing, and neither does one that a tap has just opened', async () => {
  const chat = inUse('chat');
  await chat.use();
  expect(chat.request).not.toHaveBeenCalled();
  const home = inUse('home');
  const used = home.use();
  home.view.name = 'chat';
  await used;
  expect(home.request).not.toHaveBeenCalled();
  home.view.name = 'home';
  await home.use();
  expect(home.request).toHaveBeenCalledTimes(1);
});

test('what is shown stays where the network fails', async () => {
  const { request, use } = inUse('home');
  request.mockRejectedValueOnce(new Error('offline'));
  await use();
  expect(request).toHaveBeenCalledTimes(1);
});

test('T6: a customer whose token has expired is not made a stranger', async () => {
  const { request, use, options } = inUse('home');
  const token = (seconds: number) => {
    const claims = { name: 'Zoë ÿþ', exp: Date.now() / 1_000 + seconds };
    return `h.${btoa(JSON.stringify(claims)).replaceAll('+', '-').replaceAll('/', '_')}.s`;
  };
  for (const bad of ['no-token', 'h.e30.s', token(-1), token(30)]) {
    options.identity = bad;
    await use();
  }
  expect(request).not.toHaveBeenCalled();
  options.identity = token(600);
  await use();
  expect(request).toHaveBeenCalledTimes(1);
});

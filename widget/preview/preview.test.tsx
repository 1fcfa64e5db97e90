import { render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PreviewMessage } from '../../protocol/widget/preview.ts';
import { lazy, texts } from '../frame/strings/languages/en.ts';

/** The widget's own views on settings that are not saved, without a server behind them. */

const script = (value: unknown) =>
  `data:text/javascript,${encodeURIComponent(`export default ${JSON.stringify(value)}`)}`;

/** The frame reads its language from its page, before its modules load. */
async function load() {
  document.head.innerHTML = `<link hreflang="en" href="${script(texts)}" data-lazy="${script(lazy)}">`;
  const { App } = await import('../frame/app.tsx');
  const { speak } = await import('../frame/strings/index.ts');
  const { createPreview } = await import('./model.ts');
  const speaking = speak();
  await speaking;
  const preview = createRoot(() => createPreview(speaking));
  return { ...preview, App };
}

const MESSAGE: PreviewMessage = {
  type: 'foyer:preview',
  view: 'home',
  phone: false,
  theme: 'auto',
  position: null,
  launcherText: null,
  accent: null,
  greeting: 'Ask us anything',
  organization: 'Acme',
  departments: [
    {
      id: 'sales',
      name: 'Sales',
      description: 'Before you buy',
      presence: 'Online now',
      fields: [{ id: 'e', label: 'Work e-mail', type: 'email', required: true, options: [] }],
    },
    { id: 'help', name: 'Help', description: null, presence: '', fields: [] },
  ],
  departmentId: null,
  agent: 'Maya',
  messages: [{ from: 'agent', body: 'Hello there' }],
};

const request = vi.fn(() => {
  throw new Error('A request left the preview.');
});

beforeEach(() => {
  for (const name of ['fetch', 'WebSocket', 'XMLHttpRequest', 'EventSource']) {
    vi.stubGlobal(name, request);
  }
  vi.stubGlobal('navigator', { ...navigator, sendBeacon: request, language: 'en' });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test('P1: home, form and chat are the widget’s, and nothing of them reaches a server', async () => {
  const user = userEvent.setup();
  const { App, model, show } = await load();
  show(MESSAGE);
  render(() => <App model={model} />);
  screen.getByText('Ask us anything');
  screen.getByText('Online now');

  // An empty greeting is Foyer's own.
  show({ ...MESSAGE, greeting: null });
  screen.getByText(texts.hello);

  await user.click(screen.getByRole('button', { name: /^Sales/ }));
  const field = await screen.findByLabelText<HTMLInputElement>('Work e-mail');
  await user.type(field, 'ada@shop.example');
  await user.click(screen.getByRole('button', { name: lazy.start }));
  await screen.findByText('Hello there');
  await user.type(screen.getByRole('textbox'), 'Is it in stock?{Enter}');
  screen.getByText('Is it in stock?');

  show({ ...MESSAGE, view: 'form', departmentId: 'sales' });
  await screen.findByLabelText('Work e-mail');
  const [sales] = MESSAGE.departments;
  if (!sales) throw new Error('There is no department.');
  // A form that is edited is drawn again, and does not say that it changed.
  const fields = sales.fields.map((item) => ({ ...item, label: 'Your e-mail' }));
  show({
    ...MESSAGE,
    view: 'form',
    departmentId: 'sales',
    departments: [{ ...sales, fields }],
  });
  await screen.findByLabelText('Your e-mail');
  expect(screen.queryByText(lazy.formChanged)).toBe(null);

  // Without a form, a conversation begins at once.
  show({ ...MESSAGE, view: 'form', departmentId: 'help' });
  await screen.findByRole('log');
  expect(request).not.toHaveBeenCalled();
});

import { expect, test, vi } from 'vitest';
import { PREVIEW_READY } from '../../../protocol/widget/preview.ts';
import { isPreview } from '../../../widget/preview/messages.ts';
import { connectPreview, type Look, toPreview } from './preview-message.ts';

/** What the dashboard tells the widget's preview, and whom it listens to. */

const LOOK: Look = {
  accent: '#0f766e',
  greeting: ' Hello ',
  theme: 'auto',
  position: null,
  launcher: 'text',
  launcherText: ' Ask us ',
};
const WATCHED = { view: 'home', phone: false, dark: true } as const;
const AROUND = { organization: 'Acme', agent: 'Maya', departments: [], messages: [] };

test('what is half typed counts as not set, and the preview takes all of it', () => {
  const message = toPreview(LOOK, WATCHED, AROUND);
  expect(message).toMatchObject({ theme: 'dark', launcherText: 'Ask us', greeting: 'Hello' });
  expect(isPreview(message)).toBe(true);
  const half = toPreview(
    { ...LOOK, accent: '#0f7', greeting: ' ', launcher: 'icon' },
    WATCHED,
    AROUND,
  );
  expect(half).toMatchObject({ accent: null, greeting: null, launcherText: null });
  // A widget that is always light is not shown dark.
  expect(toPreview({ ...LOOK, theme: 'light' }, WATCHED, AROUND).theme).toBe('light');
});

test('it listens to its own frame of its own origin alone, and sends to that origin alone', () => {
  const frame = document.createElement('iframe');
  const window = { postMessage: vi.fn() };
  Object.defineProperty(frame, 'contentWindow', { value: window });
  const ready = vi.fn();
  const preview = connectPreview(frame, ready);
  const say = (source: unknown, origin: string, data: unknown) => {
    const event = new Event('message');
    dispatchEvent(Object.assign(event, { source, origin, data }));
  };
  say({}, location.origin, PREVIEW_READY);
  say(window, 'https://evil.example', PREVIEW_READY);
  say(window, location.origin, 'something else');
  expect(ready).not.toHaveBeenCalled();
  say(window, location.origin, PREVIEW_READY);
  expect(ready).toHaveBeenCalledTimes(1);
  preview.send(toPreview(LOOK, WATCHED, AROUND));
  expect(window.postMessage.mock.calls[0]?.[1]).toBe(location.origin);
  preview.stop();
  say(window, location.origin, PREVIEW_READY);
  expect(ready).toHaveBeenCalledTimes(1);
});

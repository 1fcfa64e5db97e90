import { expect, test } from 'vitest';
import { type Embedded, reactComponent, scriptTag, tagManagerTag } from './embed-code.ts';

const ORIGIN = 'https://chat.example';
const plain: Embedded = {
  public_key: 'wk_abc',
  accent: null,
  position: null,
  launcher: 'icon',
  launcher_text: 'Not said beside an icon',
};
const full: Embedded = {
  public_key: 'wk_abc',
  accent: '#0f766e',
  position: 'left',
  launcher: 'text',
  launcher_text: 'Ask "us" & them',
};

test('the line names the key, and what differs from the default', () => {
  expect(scriptTag(plain, ORIGIN)).toBe(
    '<script async src="https://chat.example/widget.js" data-key="wk_abc"></script>',
  );
  expect(scriptTag(full, ORIGIN)).toContain(
    'data-accent="#0f766e" data-position="left" data-text="Ask &quot;us&quot; &amp; them"',
  );
});

test('a tag manager’s has all of it in the address, which the loader reads', () => {
  const [, src = ''] = /src="([^"]+)"/.exec(tagManagerTag(full, ORIGIN)) ?? [];
  const { origin, searchParams } = new URL(src.replaceAll('&amp;', '&'));
  expect(origin).toBe(ORIGIN);
  expect(Object.fromEntries(searchParams)).toEqual({
    key: 'wk_abc',
    accent: '#0f766e',
    position: 'left',
    text: 'Ask "us" & them',
  });
});

test('the React component sets the same options on the script', () => {
  const code = reactComponent(full, ORIGIN);
  expect(code).toContain('script.dataset.key = "wk_abc";');
  expect(code).toContain(String.raw`script.dataset.text = "Ask \"us\" & them";`);
  expect(reactComponent(plain, ORIGIN)).not.toContain('dataset.text');
});

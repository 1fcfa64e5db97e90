import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { test } from '../support/harness.ts';
import { bubble, openWidget, say, startBilling, waitForAck, widgetOf } from '../support/visitor.ts';

/** The loader: what a page and its visitor can do with it, and failures in between. */

test('a page opens and closes the panel with commands, and Escape returns to the launcher', async ({
  site,
  person,
}) => {
  const { page } = await person();
  await page.goto(site.page());
  const launcher = page.getByRole('button', { name: 'Open chat' });
  await launcher.waitFor();
  expect(await launcher.getAttribute('aria-expanded')).toBe('false');
  await page.evaluate('Foyer.open()');
  const widget = widgetOf(page);
  await widget.getByRole('heading', { level: 1 }).waitFor();
  const close = page.getByRole('button', { name: 'Close chat', exact: true });
  expect(await close.getAttribute('aria-expanded')).toBe('true');
  await widget.getByRole('heading', { level: 1 }).press('Escape');
  await launcher.waitFor();
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe('foyer-widget');
  await page.evaluate('Foyer.toggle()');
  await close.waitFor();
  await page.evaluate('Foyer.close()');
  await launcher.waitFor();
  expect(await page.locator('iframe').count()).toBe(1);
});

test('included twice, there is one widget', async ({ foyer, site, person }) => {
  const { page } = await person();
  const script = `<script src="${foyer.origin}/widget.js" data-key="wk_demo"></script>`;
  await page.goto(site.page({ body: script }));
  await page.getByRole('button', { name: 'Open chat' }).first().waitFor();
  await page.waitForLoadState('networkidle');
  expect(await page.locator('foyer-widget').count()).toBe(1);
});

test('an invalid colour is ignored, and a side can be chosen', async ({ foyer, site, person }) => {
  const { page } = await person();
  const script = `<script src="${foyer.origin}/widget.js" data-key="wk_demo"
    data-accent="red;}" data-position="left"></script>`;
  await page.goto(site.page({ body: script }));
  const launcher = page.getByRole('button', { name: 'Open chat' });
  expect((await launcher.boundingBox())?.x).toBe(20);
  const paint = await launcher.evaluate((button) => getComputedStyle(button).backgroundColor);
  expect(paint).toBe('rgb(59, 91, 219)');
});

test('P9: the panel reports an unknown key, and can be closed', async ({ site, person }) => {
  const { page, problems } = await person();
  problems.allow(/status of 404 .*\/api\/widget\/sessions/);
  await page.goto(site.page({ key: 'wk_nobody' }));
  await page.getByRole('button', { name: 'Open chat' }).click();
  const widget = widgetOf(page);
  await widget.getByText('This chat doesn’t exist.').waitFor();
  await widget.getByRole('button', { name: 'Close chat' }).click();
  await page.getByRole('button', { name: 'Open chat' }).waitFor();
});

test('P9: the launcher stays if the frame does not load, on phones too, and the frame loads later', async ({
  site,
  person,
}) => {
  const { context, page, problems } = await person({ viewport: { width: 390, height: 844 } });
  problems.allow(/status of 503/);
  const frames = (url: URL) => url.pathname === '/widget/frame';
  await context.route(frames, (route) =>
    route.fulfill({
      status: 503,
      contentType: 'text/html',
      body: '<h1>Chat is temporarily unavailable</h1><a href="">Try again</a>',
    }),
  );
  await page.goto(site.page());
  const widget = await openWidget(page);
  const close = page.getByRole('button', { name: 'Close chat', exact: true });
  await close.click();
  await page.getByRole('button', { name: 'Open chat' }).click();
  await context.unroute(frames);
  await widget.getByRole('link', { name: 'Try again' }).click();
  await widget.getByText('Billing').waitFor();
  await close.waitFor({ state: 'hidden' });
});

/** Foyer's console messages on the page from now on. */
function watchConsole(page: Page): string[] {
  const lines: string[] = [];
  page.on('console', (message) => message.text().startsWith('Foyer') && lines.push(message.text()));
  return lines;
}

const QUEUE = `window.Foyer = window.Foyer || function () { (Foyer.q = Foyer.q || []).push(arguments); };`;

describe('V3: opens once there is a body', () => {
  const pages = (origin: string): [name: string, html: string][] => {
    const script = (name: string, more = '') =>
      `<script ${more} src="${origin}/${name}" data-key="wk_demo"></script>`;
    return [
      [
        'Foyer.open() in the head',
        `${script('widget.js')}<script>Foyer.open()</script><body>A shop`,
      ],
      [
        "Foyer('open') in the head",
        `<script>${QUEUE} Foyer('open')</script>${script('foyer.js')}<body>A shop`,
      ],
      [
        'startConversation while the page is parsed',
        `${script('foyer.js')}<script>Foyer.startConversation('Hello')</script><body>A shop`,
      ],
      [
        'opened, closed and opened',
        `${script('widget.js')}<script>Foyer.open(); Foyer.close(); Foyer.toggle()</script><body>`,
      ],
      [
        'a page that is written by a script',
        `<body><script>onload = () => {
          document.open();
          document.write('<title>Written</title>${script('widget.js').replace('</', '<\\/')}'
            + '<script>Foyer.open()<\\/script><body><h1>Written</h1>');
          document.close();
        }</script>`,
      ],
      [
        'a body that is replaced at once',
        `${script('widget.js')}<script>Foyer.open()</script><body>A shop<script>
          document.body.replaceWith(document.createElement('body'))</script>`,
      ],
    ];
  };
  test('in any page', async ({ foyer, site, person }) => {
    for (const [name, html] of pages(foyer.origin)) {
      const { page } = await person();
      await page.goto(site.page({ html: `<!doctype html>${html}` }));
      await widgetOf(page).getByRole('heading', { level: 1 }).waitFor();
      expect(await page.locator('foyer-widget').count(), name).toBe(1);
      await page.close();
    }
  });
});

describe('V10: the launcher comes back', () => {
  const ways: Record<string, string> = {
    'another body': "document.body.replaceWith(document.createElement('body'))",
    'an emptied body': "document.body.innerHTML = '<h1>Another page</h1>'",
    'everything below <html>':
      "document.documentElement.innerHTML = '<head><title>New</title></head><body>New</body>'",
    'another <html>': `{
      const html = document.createElement('html');
      html.append(document.createElement('head'), document.createElement('body'));
      document.documentElement.remove();
      document.append(html);
    }`,
    'a document that is written':
      "document.open(); document.write('<body>Written'); document.close()",
    'a launcher that is removed': "document.querySelector('foyer-widget').remove()",
  };

  test('before and after it was opened, and the conversation continues', async ({
    site,
    person,
  }) => {
    const { page } = await person();
    await page.goto(site.page());
    const launcher = page.getByRole('button', { name: 'Open chat' });
    for (const [name, way] of Object.entries(ways)) {
      await launcher.waitFor();
      await page.evaluate(way);
      await launcher.waitFor();
      expect(await page.locator('foyer-widget').count(), name).toBe(1);
    }
    await startBilling(await openWidget(page));
    await say(widgetOf(page), 'Still here');
    await waitForAck(widgetOf(page));
    for (const way of Object.values(ways)) {
      await page.evaluate(way);
      await bubble(widgetOf(page), 'Still here').waitFor();
    }
    expect(await page.locator('foyer-widget').count()).toBe(1);
  });

  test('once after the script ran again; not after a page removed it repeatedly, with one line on the console', async ({
    foyer,
    site,
    person,
  }) => {
    const { page } = await person();
    const lines = watchConsole(page);
    await page.goto(site.page());
    const launcher = page.getByRole('button', { name: 'Open chat' });
    await launcher.waitFor();
    await page.evaluate(`
      window.fight = new MutationObserver(() => document.querySelector('foyer-widget')?.remove());
      fight.observe(document.documentElement, { childList: true, subtree: true });
      document.querySelector('foyer-widget').remove();`);
    await expect.poll(() => lines).toEqual(['Foyer: The page keeps removing the launcher.']);
    await page.waitForTimeout(1_100);
    await page.evaluate('fight.disconnect()');
    await page.addScriptTag({ url: `${foyer.origin}/widget.js` });
    await launcher.waitFor();
    expect(await page.locator('foyer-widget').count()).toBe(1);
  });

  test('as the last child of a server-rendered body', async ({ foyer, site, person }) => {
    const { page } = await person();
    const script = `<script src="${foyer.origin}/widget.js" data-key="wk_demo"></script>`;
    await page.goto(
      site.page({ script: null, body: `${script}<main>A shop</main><footer></footer>` }),
    );
    await page.getByRole('button', { name: 'Open chat' }).waitFor();
    expect(await page.evaluate(() => document.body.lastElementChild?.localName)).toBe(
      'foyer-widget',
    );
    expect(await page.evaluate(() => document.documentElement.children.length)).toBe(2);
  });
});

test('V13: a key without data-*, and a script that is added at any time', async ({
  foyer,
  site,
  person,
}) => {
  const late = (src: string, more = '') => `<script>${more}
    addEventListener('load', () => setTimeout(() => {
      const script = document.createElement('script');
      script.src = '${foyer.origin}/${src}';
      document.head.append(script);
      script.remove();
    }));</script>`;
  const settings = "window.FoyerSettings = { key: 'wk_demo', text: 'Ask us' };";
  for (const body of [
    late('widget.js?key=wk_demo'),
    late('foyer.js?key=wk_demo&position=left'),
    late('widget.js?key=wk_demo', QUEUE),
    late('widget.js', settings),
    `<script type="module">import '${foyer.origin}/widget.js?key=wk_demo';</script>`,
    `<script>${settings}</script><script type="module">import('${foyer.origin}/foyer.js')</script>`,
  ]) {
    const { page } = await person();
    await page.goto(site.page({ script: null, body }));
    await (await openWidget(page)).getByText('Billing').waitFor();
    await page.close();
  }
});

test('V22: as a module, and where the page has a Foyer of its own', async ({
  foyer,
  site,
  person,
}) => {
  const line = ['Foyer: The page has a Foyer of its own: no commands.'];
  const src = `src="${foyer.origin}/widget.js" data-key="wk_demo"`;
  const pages: [body: string, said: string[], still: string][] = [
    [`<script type="module" ${src}></script>`, [], "typeof Foyer.open === 'function'"],
    [`<p id="Foyer">Our foyer</p><script ${src}></script>`, [], "typeof Foyer.open === 'function'"],
    [`<iframe name="Foyer"></iframe><script ${src}></script>`, [], "'close' in Foyer"],
    [`<script>class Foyer { static open() {} }</script><script ${src}></script>`, [], 'Foyer.open'],
    [
      `<script>window.Foyer = class { static open() { return 7 } }</script><script ${src}></script>`,
      line,
      'Foyer.open() === 7',
    ],
    [
      `<script>function Foyer() { return 7 }</script><script ${src}></script>`,
      line,
      'Foyer() === 7',
    ],
    [
      `<script>Object.defineProperty(window, 'Foyer', { value: 7 })</script>
        <script ${src}></script><script ${src}></script>`,
      line,
      'Foyer === 7',
    ],
  ];
  for (const [body, expected, still] of pages) {
    const { page } = await person();
    const lines = watchConsole(page);
    await page.goto(site.page({ script: null, body }));
    await (await openWidget(page)).getByText('Billing').waitFor();
    expect(lines, body).toEqual(expected);
    expect(await page.evaluate(`Boolean(${still})`), body).toBe(true);
    expect(await page.locator('foyer-widget').count()).toBe(1);
    await page.close();
  }
});

test('V22: page variables with the names of browser globals', async ({ foyer, site, person }) => {
  for (const variable of [
    "origin = 'https://elsewhere.example'",
    'self = {}',
    'navigation = { home: 1 }',
    'visualViewport = {}',
    'performance = null',
  ]) {
    const { page } = await person();
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    const src = `src="${foyer.origin}/foyer.js" data-key="wk_demo"`;
    const body = `<script>var ${variable}</script><script ${src}></script>`;
    await page.goto(site.page({ script: null, body }));
    await (await openWidget(page)).getByText('Billing').waitFor();
    expect(errors, variable).toEqual([]);
    await page.close();
  }
});

test('V17: it is not printed', async ({ foyer, site, person }) => {
  const { page } = await person();
  const csp = `default-src 'none'; script-src ${foyer.origin}; frame-src ${foyer.origin}`;
  await page.goto(site.page({ csp }));
  await openWidget(page);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('foyer-widget').isVisible()).toBe(false);
  expect(await page.getByRole('button').count()).toBe(0);
  expect(await page.locator('iframe[title="Chat"]').isVisible()).toBe(false);
});

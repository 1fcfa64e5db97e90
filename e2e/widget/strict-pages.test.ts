import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { test } from '../support/harness.ts';
import { startHostSite } from '../support/host-site.ts';
import { bubble, openWidget, say, startBilling, waitForAck, widgetOf } from '../support/visitor.ts';

test('works under a policy that allows only its script and its frame', async ({
  foyer,
  site,
  person,
}) => {
  const { page } = await person();
  const allowed = `script-src ${foyer.origin}; frame-src ${foyer.origin}`;
  await page.goto(site.page({ csp: `default-src 'none'; ${allowed}; style-src 'none'` }));
  const widget = await openWidget(page);
  await startBilling(widget);
  await say(widget, 'Under a strict policy');
  await waitForAck(widget);
});

test('V11: works in a cross-origin isolated page, and its files have the headers for it (S13)', async ({
  foyer,
  site,
  person,
}) => {
  const { page } = await person();
  await page.goto(site.page({ isolated: true }));
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const widget = await openWidget(page);
  await startBilling(widget);
  await say(widget, 'Isolated');
  await waitForAck(widget);

  const headersOf = async (path: string) => (await fetch(`${foyer.origin}${path}`)).headers;
  const scripts = ['/widget.js', '/foyer.js', '/widget-api.js', '/widget-panel.js'];
  for (const path of [...scripts, '/packs/js/sdk.js']) {
    const headers = await headersOf(path);
    expect(headers.get('cross-origin-resource-policy'), path).toBe('cross-origin');
    expect(headers.get('x-content-type-options'), path).toBe('nosniff');
  }
  const trial = await headersOf('/test-widget.html');
  expect(trial.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
  const tried = await person();
  await tried.page.goto(`${foyer.origin}/test-widget.html`);
  await openWidget(tried.page);
});

/** What a page's own scripts record: messages of the widget, and errors that reached the page. */
const NOTES = `
  window.Foyer = window.Foyer || function () { (Foyer.q = Foyer.q || []).push(arguments); };
  const note = (text) => document.querySelector('#notes').append(text + ' ');
  addEventListener('error', (event) => note('error: ' + event.message));
  addEventListener('unhandledrejection', (event) => note('rejection: ' + event.reason));`;

test('works with a nonce and enforced Trusted Types, its commands too', async ({
  foyer,
  site,
  person,
}) => {
  const { page } = await person();
  const body = `<output id="notes"></output>
    <script nonce="r4nd0m">${NOTES}
      Foyer('identify', { name: 'Ada Lane' });
      Foyer('on', 'message', ({ text }) => note('told: ' + text));
    </script>
    <script nonce="r4nd0m" async src="${foyer.origin}/foyer.js" data-key="wk_demo"></script>`;
  await page.goto(
    site.page({
      body,
      script: null,
      csp: `default-src 'none'; script-src 'nonce-r4nd0m'; frame-src ${foyer.origin};
        require-trusted-types-for 'script'; trusted-types 'none'`.replaceAll('\n', ' '),
    }),
  );
  const widget = await openWidget(page);
  await startBilling(widget);
  await say(widget, 'Trusted');
  await waitForAck(widget);
  await page.getByText('told: Trusted').waitFor();
  expect(await page.locator('#notes').textContent()).toBe('told: Trusted ');
});

test('a page whose globals are replaced gets one more, and no error', async ({ site, person }) => {
  const { page } = await person();
  const body = `<output id="notes"></output><button id="look">Look</button>
    <script>
      const before = Object.getOwnPropertyNames(window);
      const boom = () => { throw new Error('of the page'); };
      Object.assign(Object.prototype, { token: 'polluted', identity: 7, visitorToken: 'polluted' });
      Array.prototype.extra = boom;
      for (const own of [window, JSON])
        for (const name of ['fetch', 'XMLHttpRequest', 'parse', 'stringify'])
          if (Object.hasOwn(own, name)) own[name] = boom;
      Object.freeze(history);
      Object.defineProperty(window, 'event', { get: boom });
    </script>
    <script>{ ${NOTES}
      Foyer('update', { plan: 'gold' });
      Foyer('on', 'message', () => { note('told'); boom(); });
      document.querySelector('#look').onclick = () => note(Object.getOwnPropertyNames(window)
        .filter((name) => !before.includes(name)).join());
    }</script>`;
  await page.goto(site.page({ script: 'foyer.js', body }));
  const widget = await openWidget(page);
  await startBilling(widget);
  await say(widget, 'All the same');
  await waitForAck(widget);
  await page.getByText('told').waitFor();
  await page.getByRole('button', { name: 'Look' }).click();
  await expect.poll(() => page.locator('#notes').textContent()).toBe('told Foyer ');
});

test('a Foyer that is blocked or never answers delays no page', async ({ site, person }) => {
  const silent = createServer(() => {});
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : address;
  const { page, problems } = await person();
  problems.allow(/ERR_(BLOCKED_BY_CLIENT|FAILED)/);
  const source = `http://127.0.0.1:${port}/foyer.js`;
  const head = `<output id="notes"></output><script>${NOTES} Foyer('open');`;

  // The plain line: the page is parsed and painted without it.
  const line = `${head}</script><script async src="${source}" data-key="wk_demo"></script>`;
  await page.goto(site.page({ script: null, body: line }), { waitUntil: 'domcontentloaded' });
  const painted = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries()[0]?.name ?? '')).observe({
          type: 'paint',
          buffered: true,
        });
        document.querySelector('#notes')?.append('Painted');
      }),
  );
  expect(painted).toBe('first-paint');
  // The line that waits for `load`: even the load event is not delayed.
  const waiting = `${head}
    addEventListener('load', () => {
      const script = document.createElement('script');
      script.src = '${source}';
      script.dataset.key = 'wk_demo';
      document.head.append(script);
    });</script>`;
  const requested = page.waitForRequest(source);
  await page.goto(site.page({ script: null, body: waiting }), { waitUntil: 'load' });
  await requested;
  // The answer of a blocker.
  await page.route(source, (route) => route.abort('blockedbyclient'));
  await page.goto(site.page({ script: null, body: line }), { waitUntil: 'load' });
  expect(await page.locator('#notes').textContent()).toBe('');
  silent.close();
});

test('with storage and cookies denied there is one visitor until the page is closed', async ({
  site,
  person,
}) => {
  const { context, page } = await person();
  await context.addInitScript(() => {
    const get = () => {
      throw new DOMException('Denied.', 'SecurityError');
    };
    Object.defineProperty(window, 'localStorage', { get });
    Object.defineProperty(window, 'sessionStorage', { get });
    Object.defineProperty(Document.prototype, 'cookie', { get, set: get });
  });
  await page.goto(site.page({ script: 'foyer.js" data-cookie-domain="127.0.0.1' }));
  const widget = await openWidget(page);
  await startBilling(widget);
  await say(widget, 'Kept by the page');
  await waitForAck(widget);
  // The frame reloads and recognises its visitor.
  await page.evaluate("Foyer('setLocale', 'de')");
  await widget.getByRole('textbox', { name: 'Nachricht' }).waitFor();
  await bubble(widget, 'Kept by the page').waitFor();
  await page.reload();
  await (await openWidget(page)).getByText('Billing').waitFor();
});

test('works on a page whose CSS resets everything', async ({ site, person }) => {
  const { page } = await person();
  const css = `
    * { all: unset !important; }
    div, iframe, button { display: none !important; }
    #cover { display: block !important; position: fixed !important; inset: 0 !important;
      z-index: 2147483647 !important; background: #fffc !important; }`;
  await page.goto(site.page({ css, body: '<h1>A shop</h1><p id="cover">Buy now</p>' }));
  const widget = await openWidget(page);
  const panel = await page.locator('iframe[title="Chat"]').boundingBox();
  expect(panel?.width).toBeGreaterThan(300);
  expect(panel?.height).toBeGreaterThan(400);
  await startBilling(widget);
  await say(widget, 'Through it all');
  await waitForAck(widget);
  expect(await bubble(widget, 'Through it all').isVisible()).toBe(true);
});

test('allowed_origins is enforced for the frame and for the session', async ({
  foyer,
  site,
  person,
}) => {
  const other = await startHostSite(foyer.origin);
  await foyer.query(`UPDATE widget_settings SET allowed_origins = '["${site.origin}"]'
    WHERE public_key = 'wk_globex'`);

  const welcome = await person();
  await welcome.page.goto(site.page({ key: 'wk_globex' }));
  await openWidget(welcome.page);

  const stranger = await person();
  stranger.problems.allow(/frame-ancestors/);
  await stranger.page.goto(other.page({ key: 'wk_globex' }));
  const refused = stranger.page.waitForEvent('console', (message) =>
    message.text().includes('frame-ancestors'),
  );
  await stranger.page.getByRole('button', { name: 'Open chat' }).click();
  await refused;
  expect(await widgetOf(stranger.page).getByRole('heading').count()).toBe(0);

  const answer = await fetch(`${foyer.origin}/api/widget/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      key: 'wk_globex',
      origin: other.origin,
      page: { url: `${other.origin}/0`, title: '', referrer: '' },
      locale: 'en',
      timezone: 'UTC',
    }),
  });
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({ error: { code: 'origin_not_allowed' } });
  await other.dispose();
});

describe('V23: the same visitor until the page is closed', () => {
  const refusals = {
    full: () => {
      Storage.prototype.setItem = () => {
        throw new DOMException('Full.', 'QuotaExceededError');
      };
    },
    'refused without a word': () => {
      Storage.prototype.setItem = () => {};
    },
    'full, with the token of somebody whom nobody knows': () => {
      localStorage.setItem('foyer:wk_demo', 'vt_old');
      Storage.prototype.setItem = () => {
        throw new DOMException('Full.', 'QuotaExceededError');
      };
    },
  };
  for (const [name, refuse] of Object.entries(refusals)) {
    test(`where the storage is ${name}`, async ({ site, person }) => {
      const { context, page } = await person();
      await context.addInitScript(refuse);
      await page.goto(site.page());
      const widget = await openWidget(page);
      await startBilling(widget);
      await say(widget, 'Kept by the page');
      await waitForAck(widget);
      for (const again of ['frame.src = frame.src', 'host.remove()']) {
        await page.evaluate(`{
          const host = document.querySelector('foyer-widget');
          const frame = host.shadowRoot.querySelector('iframe');
          ${again};
        }`);
        await widget.getByRole('textbox', { name: 'Message' }).waitFor();
        await bubble(widget, 'Kept by the page').waitFor();
      }
    });
  }
});

describe('V12: pages without an address of their own', () => {
  const script = (origin: string) =>
    `<script src="${origin}/widget.js" data-key="wk_demo"></script>`;
  const quoted = (html: string) => html.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

  test('a srcdoc frame works', async ({ foyer, site, person }) => {
    const { page } = await person();
    const inner = quoted(`<!doctype html><h1>Inside</h1>${script(foyer.origin)}`);
    for (const sandbox of ['', 'sandbox="allow-scripts allow-same-origin"']) {
      const body = `<iframe ${sandbox} title="inner" width="900" height="700" srcdoc="${inner}"></iframe>`;
      await page.goto(site.page({ script: null, body }));
      const shop = page.frameLocator('iframe[title="inner"]');
      await shop.getByRole('button', { name: 'Open chat' }).click();
      await shop.frameLocator('iframe[title="Chat"]').getByText('Billing').waitFor();
    }
  });

  test('a file works', async ({ foyer, person }) => {
    const folder = mkdtempSync(join(tmpdir(), 'foyer-file-'));
    const file = join(folder, 'shop.html');
    writeFileSync(file, `<!doctype html><h1>A file</h1>${script(foyer.origin)}`);
    const { page } = await person();
    await page.goto(`file://${file}`);
    const widget = await openWidget(page);
    await startBilling(widget);
    await say(widget, 'From a file');
    await waitForAck(widget);
    rmSync(folder, { recursive: true });
  });

  test('a sandbox without allow-same-origin says why, and shows no button', async ({
    foyer,
    site,
    person,
  }) => {
    const inner = `<!doctype html><h1>Inside</h1>${script(foyer.origin)}`;
    const line = 'Foyer: No chat without allow-same-origin.';
    for (const page of [
      { csp: 'sandbox allow-scripts' },
      {
        script: null,
        body: `<iframe sandbox="allow-scripts" srcdoc="${quoted(inner)}"></iframe>`,
      },
      { script: null, body: `<iframe sandbox="allow-scripts" src="${site.page()}"></iframe>` },
    ]) {
      const visitor = await person();
      const warning = visitor.page.waitForEvent('console', (message) =>
        message.text().startsWith('Foyer'),
      );
      await visitor.page.goto(site.page(page));
      expect((await warning).text()).toBe(line);
      for (const frame of visitor.page.frames()) {
        expect(await frame.locator('foyer-widget').count()).toBe(0);
      }
    }
  });
});

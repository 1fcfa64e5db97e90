import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { signInByApi } from '../../drizzle/demo/people.ts';
import { answer, message, row, signIn } from '../support/agent.ts';
import { test } from '../support/harness.ts';
import {
  bubble,
  composer,
  openWidget,
  say,
  startBilling,
  waitForAck,
  widgetOf,
} from '../support/visitor.ts';

/** The widget's commands for a site's own code: `window.Foyer`, its events, and Chatwoot's names. */

const STUB = `<script>
window.Foyer = window.Foyer || function () { (Foyer.q = Foyer.q || []).push(arguments); };
window.heard = []; window.wrong = [];
addEventListener('error', (event) => wrong.push(event.message));
addEventListener('unhandledrejection', (event) => wrong.push(String(event.reason)));
for (const name of ['ready', 'open', 'close', 'unread', 'message', 'conversation_started', 'conversation_closed'])
  Foyer('on', name, (detail) => heard.push([name, detail]));
</script>`;

const names = (page: Page) => page.evaluate<string[]>('heard.map(([name]) => name)');
const wrong = (page: Page) => page.evaluate<string[]>('wrong');
const until = (page: Page, condition: string) => page.waitForFunction(condition);

/** A token as a site's server creates it. */
function sign(secret: string, claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

async function makeSecret(origin: string): Promise<string> {
  const { cookie } = await signInByApi(origin, 'owner@acme.example');
  const answered = await fetch(`${origin}/api/admin/identity-secrets`, {
    method: 'POST',
    headers: { origin, cookie: `${cookie.name}=${cookie.value}` },
  });
  expect(answered.status).toBe(201);
  const { secret } = await answered.json();
  return secret;
}

test('P1: commands before the visitor acts wait, and cost no request', async ({
  foyer,
  site,
  person,
}) => {
  const { context, page } = await person();
  const requests: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(foyer.origin)) requests.push(new URL(request.url()).pathname);
  });
  const calls = `<script>
    Foyer('hide');
    Foyer('identify', { name: 'Ada', email: 'ada@shop.example' });
    Foyer('update', { plan: 'gold', seats: 3 });
    Foyer('setLocale', 'de');
    Foyer('setDepartment', 'billing');
    Foyer('shutdown');
  </script>`;
  await page.goto(site.page({ script: 'foyer.js', body: `${STUB}${calls}<h1>A shop</h1>` }));
  await until(page, "heard.some(([name]) => name === 'ready')");
  await page.waitForLoadState('networkidle');
  expect(requests).toEqual(['/foyer.js']);
  expect(await context.storageState({ indexedDB: true })).toEqual({ cookies: [], origins: [] });
  expect(await page.getByRole('button', { name: 'Open chat' }).count()).toBe(0);
  await page.evaluate("Foyer('show')");
  await page.getByRole('button', { name: 'Open chat' }).waitFor();
});

test('commands, events and navigation: the agent sees who the visitor is and where', async ({
  foyer,
  site,
  person,
}) => {
  const visitor = await person();
  const { page } = visitor;
  await page.goto(site.page({ script: 'foyer.js', body: `${STUB}<h1>A shop</h1>` }));
  await page.evaluate(`
    Foyer('identify', { name: 'Ada Lane', email: 'ada@lane.example' });
    Foyer('update', { plan: 'gold' });
    Foyer('setDepartment', 'billing');
    Foyer('startConversation', 'I would like to ask');`);
  const widget = widgetOf(page);
  await composer(widget).waitFor();
  await until(page, "heard.some(([name]) => name === 'conversation_started')");
  await expect
    .poll(() => composer(widget).inputValue(), { timeout: 15_000 })
    .toBe('I would like to ask');
  await composer(widget).press('Enter');
  await waitForAck(widget);
  await until(page, "heard.some(([name, it]) => name === 'message' && it.from === 'visitor')");

  const agent = await person();
  await signIn(agent, foyer.origin, 'owner@acme.example');
  await row(agent.page, 'I would like to ask').click();
  await message(agent.page, 'I would like to ask').waitFor();
  await agent.page.getByText('ada@lane.example').first().waitFor();
  await agent.page.getByText('gold', { exact: true }).waitFor();
  // The address goes over the conversation's socket, without a row or a request.
  await page.evaluate("history.pushState({}, '', '/checkout?step=2'); document.title = 'Checkout'");
  await agent.page.getByText(/\/checkout\?step=2/).waitFor();
  // An agent who opens the conversation later sees it, too.
  await agent.page.reload();
  await agent.page.getByText(/\/checkout\?step=2/).waitFor();

  // The widget survives a replaced body.
  await page.evaluate("document.body.replaceWith(document.createElement('body'))");
  await answer(agent.page, 'Of course');
  await bubble(widget, 'Of course').waitFor();
  await until(page, "heard.some(([name, it]) => name === 'message' && it.from === 'agent')");
  await page.evaluate('Foyer.close()');
  await answer(agent.page, 'Still there?');
  await until(page, "heard.some(([name, it]) => name === 'unread' && it.count === 1)");
  expect(await names(page)).toEqual(expect.arrayContaining(['ready', 'open', 'close']));

  // Another language meanwhile; the conversation continues.
  await page.evaluate("Foyer('setLocale', 'de'); Foyer.toggle()");
  await widget.getByRole('textbox', { name: 'Nachricht' }).waitFor();
  await bubble(widget, 'Still there?').waitFor();
  await agent.page.getByRole('button', { name: 'Close', exact: true }).click();
  await until(page, "heard.some(([name]) => name === 'conversation_closed')");
  expect(await page.evaluate("Promise.resolve(Foyer).then(() => 'no promise')")).toBe('no promise');

  // Mistakes are reported on the console, and nowhere else.
  const warnings: string[] = [];
  page.on('console', (lines) => lines.type() === 'warning' && warnings.push(lines.text()));
  await page.evaluate(`
    Foyer('dance'); Foyer('identify', 7); Foyer('update', null); Foyer('setLocale', 12);
    Foyer('on', 'lunch', () => {}); Foyer('on', 'ready', 7); Foyer('setDepartment', {});
    Foyer('on', 'open', () => { throw new Error('of the page') }); Foyer('open');`);
  await expect.poll(() => warnings.length, { timeout: 15_000 }).toBeGreaterThanOrEqual(8);
  expect(await wrong(page)).toEqual([]);
});

test('P5: a signed identity is one person in two browsers, and signing out leaves nothing behind', async ({
  foyer,
  site,
  person,
}) => {
  const secret = await makeSecret(foyer.origin);
  const token = sign(secret, {
    sub: 'customer-4711',
    name: 'Nora Field',
    exp: Math.floor(Date.now() / 1_000) + 600,
  });
  const identify = `${STUB}<script>Foyer('identify', { token: '${token}' })</script><h1>A shop</h1>`;
  const laptop = await person();
  await laptop.page.goto(site.page({ script: 'foyer.js', body: identify }));
  const first = await openWidget(laptop.page);
  await startBilling(first);
  await say(first, 'From the laptop');
  await waitForAck(first);
  const phone = await person();
  const address = site.page({ script: 'foyer.js', body: identify });
  await phone.page.goto(address);
  const second = await openWidget(phone.page);
  await bubble(second, 'From the laptop').waitFor();
  await composer(second).fill('A draft that nobody else may read');

  // Commands during `shutdown` are for the new widget.
  await phone.page.evaluate(`
    const kept = Foyer;
    Foyer('on', 'ready', () => Foyer('identify', { token: '${token}' }));
    Foyer('shutdown');
    kept('update', { after: 'signing out' });`);
  await until(phone.page, "document.querySelectorAll('foyer-widget').length === 1");
  await expect
    .poll(async () => (await phone.context.storageState({ indexedDB: true })).origins, {
      timeout: 15_000,
    })
    .toEqual([]);
  expect(phone.page.frames()).toHaveLength(1);
  expect(await wrong(phone.page)).toEqual([]);
  const anonymous = await openWidget(phone.page);
  await anonymous.getByText('Billing').waitFor();
  expect(await bubble(anonymous, 'From the laptop').count()).toBe(0);

  // An expired token: there is a session and a console message. A page that embeds the plain build and
  // has a queue gets the build with commands.
  const late = await person();
  const expired = sign(secret, { sub: 'customer-4711', exp: 1_700_000_000 });
  await late.page.goto(site.page({ body: `${STUB}<h1>A shop</h1>` }));
  const warned = late.page.waitForEvent('console', (lines) => lines.text().includes('expired'));
  await late.page.evaluate(`Foyer('identify', { token: '${expired}' })`);
  const widget = await openWidget(late.page);
  await widget.getByText('Billing').waitFor();
  await warned;
  expect(await wrong(late.page)).toEqual([]);
});

test('one visitor on all subdomains, if the embed says so', async ({ site, person }) => {
  const { context, page } = await person();
  const under = (host: string) =>
    site
      .page({ script: 'foyer.js" data-cookie-domain="shop.localhost' })
      .replace('127.0.0.1', `${host}.shop.localhost`);
  await page.goto(under('www'));
  expect(await context.cookies()).toEqual([]);
  const widget = await openWidget(page);
  await startBilling(widget);
  await say(widget, 'On the first of them');
  await waitForAck(widget);
  expect(await context.cookies()).toMatchObject([
    { name: 'foyer_wk_demo', domain: '.shop.localhost', sameSite: 'Lax' },
  ]);
  await page.goto(under('help'));
  await bubble(await openWidget(page), 'On the first of them').waitFor();
});

test("a site with Chatwoot's snippet switches by changing one address", async ({
  foyer,
  site,
  person,
}) => {
  const { page } = await person();
  const snippet = `${STUB.replace(/Foyer\('on'.*\n/, '0;\n')}<script>
    delete window.Foyer;
    window.chatwootSettings = { position: 'left', locale: 'en' };
    for (const name of ['ready', 'on-message', 'opened'])
      addEventListener('chatwoot:' + name, (event) => heard.push([name, event.detail]));
    (function(d,t) {
      var BASE_URL = "${foyer.origin}";
      var g=d.createElement(t),s=d.getElementsByTagName(t)[0];
      g.src=BASE_URL+"/packs/js/sdk.js"; g.async = true;
      s.parentNode.insertBefore(g,s);
      g.onload=function(){ window.chatwootSDK.run({ websiteToken: 'wk_demo', baseUrl: BASE_URL }) }
    })(document,"script");
  </script>`;
  await page.goto(site.page({ body: snippet, script: null }));
  await until(page, "heard.some(([name]) => name === 'ready')");
  await page.evaluate(`
    $chatwoot.setUser('42', { name: 'Cleo', email: 'cleo@shop.example' });
    $chatwoot.toggle('open');`);
  const widget = widgetOf(page);
  await startBilling(widget);
  await say(widget, 'Through the other door');
  await waitForAck(widget);
  await until(
    page,
    "heard.some(([name, it]) => name === 'on-message' && it.content === 'Through the other door')",
  );
  expect(await page.evaluate('$chatwoot.isOpen')).toBe(true);
  await page.evaluate("$chatwoot.toggleBubbleVisibility('hide')");
  expect(await page.locator('foyer-widget').isVisible()).toBe(false);
  expect(await wrong(page)).toEqual([]);
});

test('every example of docs/embed.md runs without a console message', async ({
  foyer,
  site,
  person,
}) => {
  const docs = readFileSync(new URL('../../docs/embed.md', import.meta.url), 'utf8')
    .replaceAll('https://chat.example', foyer.origin)
    .replaceAll('wk_…', 'wk_demo')
    .replaceAll('shop.example', '127.0.0.1');
  const examples = (language: string) =>
    [...docs.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
      ([, code = '']) => code,
    );
  const { context, page } = await person();
  const lines: string[] = [];
  context.on('console', (word) => word.text().startsWith('Foyer') && lines.push(word.text()));

  const policies = examples('text').map((line) => line.replace(/^.*?: /, '').trim());
  expect(policies).toHaveLength(2);
  // The example with a placeholder for the token is tested with the commands.
  const embeds = examples('html').filter((code) => !code.includes('that your server made'));
  const pages = embeds.map((script) => ({ script: null, body: script }));
  expect(pages.length).toBeGreaterThanOrEqual(6);
  for (const each of pages) {
    const csp = policies.find((policy) => each.body.includes('nonce') && policy.includes('nonce'));
    await page.goto(site.page({ ...each, ...(csp && { csp }) }));
    await openWidget(page);
  }
  await page.goto(site.page(policies[0] ? { csp: policies[0] } : {}));
  await openWidget(page);

  // The server's part has its own test (admin/features/identity).
  const commands = examples('js').filter((code) => !code.includes('node:'));
  expect(commands.at(-1)).toContain('shutdown');
  const token = sign(await makeSecret(foyer.origin), {
    sub: 'customer-42',
    exp: Math.floor(Date.now() / 1_000) + 600,
  });
  const visitor = await person();
  visitor.context.on('console', (word) => word.type() === 'warning' && lines.push(word.text()));
  await visitor.page.route('**/foyer-token', (route) => route.fulfill({ json: { token } }));
  // A slow connection: the frame is removed before it has the answer.
  await visitor.page.route('**/api/widget/customer', () => {});
  await visitor.page.goto(site.page({ script: 'foyer.js', body: STUB }));
  for (const code of commands.slice(0, -1)) {
    await visitor.page.evaluate(`(async () => { ${code} })()`);
    if (!code.includes('startConversation')) continue;
    const field = widgetOf(visitor.page).locator('textarea');
    await expect.poll(() => field.inputValue(), { timeout: 15_000 }).toBe('Where is my parcel?');
  }
  await visitor.page.evaluate(`${commands.at(-1)}`);
  await expect.poll(() => visitor.page.frames().length, { timeout: 15_000 }).toBe(1);
  expect(lines).toEqual([]);
  const types = await fetch(`${foyer.origin}/foyer.d.ts`);
  expect(await types.text()).toContain('interface FoyerCommands');
});

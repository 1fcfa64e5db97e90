import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { signInByApi } from '../drizzle/demo/people.ts';
import { prepareLocal } from '../scripts/local/local.mjs';
import { findBrowsers, type Start } from './browsers/find.ts';
import { type Journey, journeys } from './browsers/journeys.ts';
import { openTab } from './browsers/tab.ts';
import { startFoyer } from './support/foyer.ts';
import { startHostSite } from './support/host-site.ts';

/**
 * `npm run browsers`: runs Foyer in the installed browsers besides Chromium. They do not come with npm,
 * so `npm test` does not use them. `npm run browsers -- TEXT` runs the browsers and journeys whose names
 * contain the text. Screenshots go into screenshots/browsers/.
 */

const root = join(import.meta.dirname, '..');
const filter = process.argv[2] ?? '';
const template = mkdtempSync(join(tmpdir(), 'foyer-browsers-'));
prepareLocal(template);
const foyer = await startFoyer({ template });
const site = await startHostSite(foyer.origin);
const agent = await signInByApi(foyer.origin, 'owner@acme.example');
// Tom is a member of every department, and online.
const { cookie } = await signInByApi(foyer.origin, 'agent@acme.example');
const inbox = `${foyer.origin.replace('http', 'ws')}/api/admin/inbox/socket`;
const headers = { cookie: `${cookie.name}=${cookie.value}`, origin: foyer.origin };
const present = new WebSocket(inbox, 'foyer.v1', { headers });
await once(present, 'open');

async function play({ name, manner = 'usual', run }: Journey, browser: string, start: Start) {
  const remote = await start(manner);
  const title = `${browser} ${remote.version}: ${name}`;
  const tab = openTab(remote);
  const screenshot = (of: string) =>
    tab.screenshot(join(root, 'screenshots', 'browsers', `${browser.toLowerCase()}-${of}.png`));
  try {
    await tab.size(1280, 860);
    await run({ tab, foyer, site, agent, screenshot });
    await tab.leavePanel();
    const problems = await tab.problems();
    if (problems.length > 0) throw new Error(problems.join('\n'));
    console.log(`✓ ${title}`);
    return true;
  } catch (error) {
    console.log(`✗ ${title}\n`, error);
    await screenshot('failed').catch(() => {});
    return false;
  } finally {
    await remote.quit();
  }
}

const results: boolean[] = [];
for (const { name, missing, start } of findBrowsers()) {
  if (!start) console.log(`${name} was not run. ${missing}`);
  const chosen = journeys.filter((journey) => `${name}: ${journey.name}`.includes(filter));
  if (start) for (const journey of chosen) results.push(await play(journey, name, start));
}
present.close();
await site.dispose();
await foyer.dispose();
rmSync(template, { recursive: true, force: true });
const passed = results.filter(Boolean).length;
console.log(`${passed} passed, ${results.length - passed} failed`);
if (passed === 0 || passed < results.length) process.exitCode = 1;

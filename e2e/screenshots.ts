import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signInByApi } from '../drizzle/demo/people.ts';
import { prepareLocal } from '../scripts/local/local.mjs';
import {
  shootCustomers,
  shootEmptyInbox,
  shootInbox,
  shootSettings,
  shootSignIn,
} from './screenshots/agent-screens.ts';
import { shootProfile } from './screenshots/profile-screens.ts';
import { playTalks } from './screenshots/talks.ts';
import { shootVisitor } from './screenshots/visitor-screens.ts';
import { launchBrowser } from './support/browser.ts';
import { startFoyer } from './support/foyer.ts';
import { meet } from './support/person.ts';

/**
 * `npm run screenshots`: takes every screen of both apps, in three sizes, light and dark, some right to
 * left, into screenshots/, and the pictures of README and docs into docs/pictures/.
 */

const template = mkdtempSync(join(tmpdir(), 'foyer-screenshots-'));
prepareLocal(template);
const foyer = await startFoyer({ template });
const browser = await launchBrowser();
try {
  const { cookie } = await signInByApi(foyer.origin, 'owner@acme.example');
  const agentContext = await browser.newContext();
  const agent = await meet(agentContext);
  await shootSignIn(agent, foyer);
  await agentContext.addCookies([{ ...cookie, url: foyer.origin }]);
  await shootEmptyInbox(agent, foyer);
  await playTalks(foyer);
  await shootInbox(agent, foyer);
  await shootCustomers(agent, foyer);
  await shootSettings(agent, foyer);
  await shootProfile(await meet(await browser.newContext()), foyer);
  const maya = await signInByApi(foyer.origin, 'owner@acme.example');
  await shootVisitor(await meet(await browser.newContext()), foyer, maya);
} finally {
  await browser.close();
  await foyer.dispose();
  rmSync(template, { recursive: true, force: true });
}
console.log('The pictures are in screenshots/ and docs/pictures/.');

import type { AgentClient } from '../../drizzle/demo/people.ts';
import type { Foyer } from '../support/foyer.ts';
import type { HostSite } from '../support/host-site.ts';
import { PAGE_SCRIPT, type Tab } from './tab.ts';
import { until } from './until.ts';

/** The surroundings of a journey. */
export type Place = {
  tab: Tab;
  foyer: Foyer;
  site: HostSite;
  agent: AgentClient;
  /** Takes a screenshot. */
  screenshot(name: string): Promise<void>;
};

export const ENTER = '\uE007';
export const ESCAPE = '\uE00C';

/** A page with the widget; `script` may include attributes. */
export function shop({ site }: Place, script = 'widget.js', body = ''): string {
  return site.page({ script, body: `<script>${PAGE_SCRIPT}</script><h1>A shop</h1>${body}` });
}

/** Opens the widget by its launcher; later commands run in the panel. */
export async function openPanel({ tab }: Place, launcher = 'Open chat'): Promise<void> {
  await tab.click('button', launcher);
  await tab.enterPanel();
}

/** Starts a conversation with the department that has no form. */
export async function startBilling({ tab }: Place): Promise<void> {
  await tab.click('li button', 'Billing');
  await tab.see('textarea');
}

/** Writes, and waits for the ack. */
export async function say({ tab }: Place, text: string): Promise<void> {
  await tab.type('textarea', text + ENTER);
  await tab.see('[role=log]', text);
  await tab.see('[role=log]', 'Sent');
}

/** Waits for the conversation with this last message. */
export async function conversationOf({ foyer }: Place, text: string): Promise<string> {
  const sql = `SELECT id FROM conversations WHERE last_message_preview = '${text}'`;
  const row = await until('the conversation', async () => (await foyer.query(sql))[0]);
  return `${row.id}`;
}

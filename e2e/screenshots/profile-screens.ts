import { totpCode } from '../../worker/test/stand-ins/totp.ts';
import { signIn } from '../support/agent.ts';
import type { Foyer } from '../support/foyer.ts';
import type { Person } from '../support/person.ts';
import { shoot, shootMirrored } from './camera.ts';

/** What an agent sets for themselves, and how they then sign in. */
export async function shootProfile(agent: Person, { origin, mailTo }: Foyer): Promise<void> {
  const { page, context } = agent;
  const part = (name: string) => page.getByRole('region', { name });
  await signIn(agent, origin, 'agent@acme.example');
  await page.goto(`${origin}/admin/settings/profile`);
  await page.waitForLoadState('networkidle');
  await shoot(page, 'agent-30-profile');
  await shootMirrored(page, 'agent-30-profile');

  const address = part('E-mail address');
  await address.getByRole('button', { name: 'Change address' }).click();
  await address.getByLabel('New e-mail address').fill('tom.lindgren@acme.example');
  await address.getByLabel('Your password').fill('a guess');
  await address.getByRole('button', { name: 'Send link' }).click();
  await address.getByText('The password is wrong.').waitFor();
  await shoot(page, 'agent-31-address-refused', [], address);
  await address.getByLabel('Your password').fill('foyer-demo');
  await address.getByRole('button', { name: 'Send link' }).click();
  await address.getByText(/We sent a link to/).waitFor();
  await shoot(page, 'agent-32-address-sent', [], address);
  const mail = await mailTo('tom.lindgren@acme.example');
  const mailbox = await context.newPage();
  await mailbox.goto(/http\S+confirm-address#\S+/.exec(mail)?.[0] ?? '');
  await mailbox.getByRole('button', { name: 'Confirm address' }).waitFor();
  await shoot(mailbox, 'agent-33-confirm-address');
  await mailbox.close();

  const factor = part('Two-step sign-in');
  await factor.getByRole('button', { name: 'Set up' }).click();
  await factor.getByLabel('Your password').fill('foyer-demo');
  const begun = page.waitForResponse((response) => response.url().endsWith('/me/two-factor'));
  await factor.getByLabel('Your password').press('Enter');
  const { totpURI } = await (await begun).json();
  await factor.getByRole('img', { name: /QR code/ }).waitFor();
  await shoot(page, 'agent-34-second-factor', [], factor);
  await factor.getByLabel('Code from the app').fill(await totpCode(totpURI));
  await factor.getByRole('button', { name: 'Turn on' }).click();
  await factor.getByText(/won’t see them again/).waitFor();
  await shoot(page, 'agent-35-backup-codes', [], factor);
  await factor.getByRole('button', { name: 'Done' }).click();

  const phone = await context.browser()?.newContext();
  const signInPage = await phone?.newPage();
  await signInPage?.goto(`${origin}/admin`);
  await signInPage?.getByLabel('E-mail').fill('agent@acme.example');
  await signInPage?.getByLabel('Password').fill('foyer-demo');
  await signInPage?.getByLabel('Password').press('Enter');
  await signInPage?.getByLabel('Code').waitFor();
  if (signInPage) await shoot(signInPage, 'agent-36-code');
  await phone?.close();
  await page.reload();
  const sessions = part('Where you’re signed in');
  await sessions.getByRole('listitem').first().waitFor();
  await shoot(page, 'agent-37-sessions', [], sessions);
}

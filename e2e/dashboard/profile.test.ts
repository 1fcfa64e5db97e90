import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { totpCode } from '../../worker/test/stand-ins/totp.ts';
import { openOwnMenu, signIn } from '../support/agent.ts';
import { expectAccessible } from '../support/axe.ts';
import { test } from '../support/harness.ts';
import { openWidget } from '../support/visitor.ts';

/** An agent's own settings, also at their next sign-in. */

const partOf = (page: Page) => (name: string) => page.getByRole('region', { name });

test('an agent changes name, picture, language and address', async ({ foyer, person }) => {
  const agent = await person({ viewport: { width: 1440, height: 900 } });
  // Refusals are provoked below, and the browser logs each.
  agent.problems.allow(/status of (400|401|409) /);
  const { page } = agent;
  await signIn(agent, foyer.origin, 'agent@acme.example');
  await openOwnMenu(page, /^Profile/);
  await page.getByRole('heading', { name: 'Profile', level: 1 }).waitFor();
  const part = partOf(page);

  // Name and picture show at once, also to colleagues.
  const you = part('You');
  await you.getByLabel('Name').fill('');
  await you.getByText('Enter your name.').waitFor();
  await you.getByLabel('Name').fill('Tom of Acme');
  await you.getByLabel('Name').blur();
  await you.getByText('Saved', { exact: true }).waitFor();
  await you.getByLabel('Picture').setInputFiles({
    name: 'notes.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('no picture'),
  });
  await you.getByText(/This image can’t be read/).waitFor();
  await you
    .getByLabel('Picture')
    .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: await drawn(page) });
  await you.getByRole('button', { name: 'Remove picture' }).waitFor();
  const image = you.locator('img');
  expect(
    await image.evaluate((node: HTMLImageElement) => node.decode().then(() => node.naturalWidth)),
  ).toBe(128);

  // Another language reloads the page in it, and holds for everything that it has.
  await part('Appearance and notifications').getByLabel('Language').selectOption('Deutsch');
  const inGerman = part('Darstellung und Benachrichtigungen');
  await inGerman.getByLabel('Design').waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  await inGerman.getByLabel('Sprache').selectOption('English');
  await part('Appearance and notifications').waitFor();

  // The new address counts once the link in its mail was opened.
  const address = part('E-mail address');
  await address.getByRole('button', { name: 'Change address' }).click();
  await address.getByLabel('New e-mail address').fill('tom@acme.example');
  await address.getByLabel('Your password').fill('a guess');
  await address.getByRole('button', { name: 'Send link' }).click();
  await address.getByText('The password is wrong.').waitFor();
  await expectAccessible('the profile, not right', page);
  await address.getByLabel('Your password').fill('foyer-demo');
  await address.getByRole('button', { name: 'Send link' }).click();
  await address.getByText(/We sent a link to/).waitFor();
  const [link = ''] =
    /http\S+confirm-address#\S+/.exec(await foyer.mailTo('tom@acme.example')) ?? [];
  const mailbox = await agent.context.newPage();
  await mailbox.goto(link);
  await mailbox.getByRole('button', { name: 'Confirm address' }).click();
  await mailbox.getByText('You now sign in as tom@acme.example').waitFor();
  await expectAccessible('a confirmed address', mailbox);
  await mailbox.close();
  await page.reload();
  await address.getByText('Confirmed', { exact: true }).waitFor();
  await address.getByText('tom@acme.example').waitFor();
});

test('somebody signs in with a second factor, signs a device out, and changes the password', async ({
  foyer,
  person,
}) => {
  const agent = await person({ viewport: { width: 1440, height: 900 } });
  // Refusals are provoked below, and the browser logs each.
  agent.problems.allow(/status of (400|401|409) /);
  const { page } = agent;
  // They have no other session yet.
  await signIn(agent, foyer.origin, 'owner@globex.example');
  await page.goto(`${foyer.origin}/admin/settings/profile`);
  const part = partOf(page);

  // A second factor, from the QR code's address to the backup codes.
  const factor = part('Two-step sign-in');
  await factor.getByRole('button', { name: 'Set up' }).click();
  await factor.getByLabel('Your password').fill('foyer-demo');
  const begun = page.waitForResponse((response) => response.url().endsWith('/me/two-factor'));
  await factor.getByLabel('Your password').press('Enter');
  const { totpURI } = await (await begun).json();
  await factor.getByRole('img', { name: /QR code/ }).waitFor();
  const key = new URL(totpURI).searchParams.get('secret') ?? '';
  expect((await factor.getByRole('code').textContent())?.replaceAll(' ', '')).toBe(key);
  await factor.getByLabel('Code from the app').fill('000000');
  await factor.getByRole('button', { name: 'Turn on' }).click();
  await factor.getByText(/The code is wrong/).waitFor();
  await expectAccessible('the second factor', page);
  // A code works once (S9): the previous code confirms, so that this one can sign in below.
  const before = await totpCode(totpURI, Date.now() - 30_000);
  await factor.getByLabel('Code from the app').fill(before);
  await factor.getByRole('button', { name: 'Turn on' }).click();
  const codes = factor.getByRole('list', { name: 'Backup codes' }).getByRole('listitem');
  await codes.nth(9).waitFor();
  const [backup = ''] = await codes.allInnerTexts();
  await expectAccessible('the backup codes', page);
  await factor.getByRole('button', { name: 'Done' }).click();
  await factor.getByText('On', { exact: true }).waitFor();
  expect(await codes.count()).toBe(0);

  // Signing in on another device asks for a code, on a phone, by keyboard.
  const phone = await person({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  phone.problems.allow(/status of 401 /);
  await phone.page.goto(`${foyer.origin}/admin/settings/profile`);
  const signInHeading = phone.page.getByRole('heading', { name: 'Sign in to Foyer' });
  const enter = async (code: string) => {
    await signInHeading.waitFor();
    await phone.page.getByLabel('E-mail').fill('owner@globex.example');
    await phone.page.getByLabel('Password').fill('foyer-demo');
    await phone.page.getByLabel('Password').press('Enter');
    await phone.page.getByLabel('Code').waitFor();
    expect(
      await phone.page.getByLabel('Code').evaluate((node) => node === document.activeElement),
    ).toBe(true);
    await phone.page.keyboard.type(code);
    await phone.page.keyboard.press('Enter');
  };
  await enter('000000');
  await phone.page.getByText(/The code is wrong/).waitFor();
  await expectAccessible('the code, not right', phone.page);
  await phone.page.getByLabel('Code').fill(await totpCode(totpURI));
  await phone.page.getByLabel('Code').press('Enter');
  await phone.page.getByRole('heading', { name: 'Profile', level: 1 }).waitFor();
  await expectAccessible('the profile on a phone', phone.page);

  // The session is listed and signed out: that device is at the sign-in page at once.
  const sessions = part('Where you’re signed in');
  await page.reload();
  await sessions.getByRole('button', { name: /^Sign out Chrome/ }).click();
  await page.getByText(/ signed out\.$/).waitFor();
  await signInHeading.waitFor();
  await sessions.getByText('You’re not signed in anywhere else.').waitFor();
  await enter(backup);
  await phone.page.getByRole('heading', { name: 'Profile', level: 1 }).waitFor();

  // A new password ends that session, too.
  const password = part('Password');
  await password.getByLabel('Current password').fill('foyer-demo');
  await password.getByLabel('New password').fill('short');
  await password.getByRole('button', { name: 'Change password' }).click();
  await password.getByText('At least 8 characters.').first().waitFor();
  await password.getByLabel('New password').fill('a better password');
  await password.getByRole('button', { name: 'Change password' }).click();
  await page.getByText(/Password changed/).waitFor();
  await signInHeading.waitFor();

  await factor.getByRole('button', { name: 'Turn off' }).click();
  await factor.getByLabel('Your password').fill('a better password');
  await factor.getByLabel('Your password').press('Enter');
  await factor.getByText('Off', { exact: true }).waitFor();
});

test('the installation check shows the website once the chat is opened there', {
  timeout: 60_000,
}, async ({ foyer, site, person }) => {
  const owner = await person({ viewport: { width: 1440, height: 900 } });
  const { page } = owner;
  await signIn(owner, foyer.origin, 'owner@acme.example');
  await page.goto(`${foyer.origin}/admin/settings/widget`);
  await page.getByText('Waiting for the first visit…').waitFor();
  const visitor = await person();
  await visitor.page.goto(site.page());
  expect(await page.getByText('Waiting for the first visit…').count()).toBe(1);
  await openWidget(visitor.page);
  const check = page.getByRole('status').filter({ hasText: 'Seen on' });
  // A site's claim proves nothing until the owner allows it (S23).
  await check.getByText('Seen on a website').waitFor();
  expect(await check.getByText(new URL(site.origin).host).count()).toBe(0);
  await check.getByRole('button', { name: 'Check again' }).click();
  await page.getByText('Waiting for the first visit…').waitFor();
});

test('a secret for signed identity is shown once, fills in the examples, and is retired', {
  timeout: 60_000,
}, async ({ foyer, person }) => {
  const owner = await person({ viewport: { width: 1440, height: 900 } });
  const { page } = owner;
  await signIn(owner, foyer.origin, 'owner@acme.example');
  await page.goto(`${foyer.origin}/admin/settings/identity`);
  await page.getByText('No secrets yet').waitFor();
  await page.getByRole('button', { name: 'New secret' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('You won’t see this again.').waitFor();
  const [secret = '', kid = ''] = await dialog.getByRole('definition').allTextContents();
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  await expectAccessible('a new secret', page);
  await dialog.getByRole('button', { name: 'Done' }).click();
  const active = page.getByRole('list', { name: 'Verified visitors' });
  await active.getByText(kid).waitFor();
  await page.getByText('Show code').click();
  await page.getByRole('radio', { name: 'Python' }).check({ force: true });
  await page.getByLabel('Example for Python').getByText(`"kid": "${kid}"`).waitFor();
  await page.getByRole('button', { name: 'New secret' }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByText('Two secrets are active.').waitFor();
  expect(await page.getByRole('button', { name: 'New secret' }).isDisabled()).toBe(true);
  await expectAccessible('two secrets', page);
  await active.getByRole('button', { name: 'Revoke' }).first().click();
  await active.getByRole('button', { name: 'Revoke this secret?' }).click();
  await expect.poll(() => active.getByRole('listitem').count()).toBe(1);
  expect((await page.getByText(secret).count()) + (await active.getByText(kid).count())).toBe(0);
});

test('an agent adds a passkey, signs in with it, renames and removes it', {
  timeout: 60_000,
}, async ({ foyer, person }) => {
  const agent = await person({ viewport: { width: 1440, height: 900 } });
  const { page } = agent;
  // Cancelled once, and refused after it was removed.
  agent.problems.allow(/status of 401 /);
  const device = await virtualAuthenticator(page);
  await signIn(agent, foyer.origin, 'owner@acme.example');
  await page.goto(`${foyer.origin}/admin/settings/profile`);
  const passkeys = page.getByRole('region', { name: 'Passkeys' });
  await device.unlocks(false);
  await passkeys.getByRole('button', { name: 'Add a passkey' }).click();
  await passkeys.getByText('No passkey was used').waitFor();
  await expectAccessible('no passkey', page);
  await device.unlocks(true);
  await passkeys.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('Passkey added.').waitFor();
  await passkeys.getByText('not used yet').waitFor();
  // A device holds one passkey for each account.
  await passkeys.getByRole('button', { name: 'Add a passkey' }).click();
  await passkeys.getByText('This device already has a passkey for your account.').waitFor();
  await passkeys.getByRole('button', { name: /^Rename / }).click();
  await passkeys.getByLabel('Name of the passkey').fill('My key');
  await passkeys.getByLabel('Name of the passkey').press('Enter');
  await passkeys.getByText('My key').waitFor();
  await expectAccessible('passkeys', page);

  const enter = async () => {
    await agent.context.clearCookies();
    await page.goto(`${foyer.origin}/admin/settings/profile`);
    await page.getByRole('button', { name: 'Use a passkey' }).click();
  };
  await enter();
  await passkeys.getByText('last used').waitFor();
  await passkeys.getByRole('button', { name: 'Remove My key' }).click();
  await page.getByText('My key removed.').waitFor();
  await enter();
  await page.getByText("This passkey doesn't work here.").waitFor();
  await expectAccessible('a passkey that is no longer known', page);
});

test('an agent signs in with a link that was mailed', {
  timeout: 60_000,
}, async ({ foyer, person }) => {
  const agent = await person();
  agent.problems.allow(/status of (400|401|404) /);
  const { page } = agent;
  await page.goto(`${foyer.origin}/admin`);
  await page.getByRole('button', { name: 'E-mail me a link' }).click();
  await page.getByText('Enter your e-mail address first.').waitFor();
  const email = 'owner@globex.example';
  await foyer.query(`UPDATE users SET email_verified = 1 WHERE email = '${email}'`);
  await page.getByLabel('E-mail', { exact: true }).fill(email);
  await page.getByRole('button', { name: 'E-mail me a link' }).click();
  await page.getByText(/we sent a link/).waitFor();
  await expectAccessible('a link was sent', page);
  const [mailed = ''] =
    /http\S+sign-in-link#\S+/.exec(await foyer.mailTo(email, 'sign-in-link')) ?? [];
  await page.goto(mailed);
  await page.getByText(`You’re signing in as ${email}.`).waitFor();
  await expectAccessible('a sign-in link', page);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Queues' }).waitFor();
  await agent.context.clearCookies();
  await page.goto('about:blank');
  await page.goto(mailed);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('This link no longer works.').waitFor();
});

test('somebody joins with a passkey and without a password', {
  timeout: 60_000,
}, async ({ foyer, person }) => {
  const owner = await person();
  await signIn(owner, foyer.origin, 'owner@acme.example');
  const link = await owner.page.evaluate(async () => {
    const response = await fetch('/api/admin/invitations', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'pat@joined.example', role: 'agent' }),
    });
    return (await response.json()).invitation.link;
  });
  const { page } = await person();
  await virtualAuthenticator(page);
  await page.goto(new URL(link, foyer.origin).href);
  await page.getByLabel('Your name').fill('Pat');
  await page.getByRole('button', { name: 'Use a passkey instead of a password' }).click();
  expect(await page.getByLabel('Password').count()).toBe(0);
  await expectAccessible('joining with a passkey', page);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByRole('navigation', { name: 'Queues' }).waitFor();
});

/** Gives a page a virtual authenticator that asks no user. */
async function virtualAuthenticator(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    /** Whether its user unlocks it when asked. */
    async unlocks(isUserVerified: boolean) {
      await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
  };
}

/** A picture as from a camera: larger than allowed, and not square. */
async function drawn(page: Page): Promise<Buffer> {
  const address = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 900, height: 600 });
    const pen = canvas.getContext('2d');
    for (let x = 0; pen && x < 900; x += 3) {
      pen.fillStyle = `hsl(${x % 360} 60% ${40 + ((x * 7) % 30)}%)`;
      pen.fillRect(x, 0, 3, 600);
    }
    return canvas.toDataURL('image/png');
  });
  return Buffer.from(address.slice(address.indexOf(',') + 1), 'base64');
}

import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { row, signIn } from '../support/agent.ts';
import { test } from '../support/harness.ts';
import type { Person } from '../support/person.ts';
import { composer, openWidget, say, startBilling, waitForAck } from '../support/visitor.ts';

/** Files between a visitor and an agent, as both see them. */

/** A picture of 40 by 30 pixels, drawn by the browser. */
const paint = () => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [40, 30];
  const context = canvas.getContext('2d');
  if (context) context.fillStyle = '#c33';
  context?.fillRect(5, 5, 30, 20);
  return canvas.toDataURL('image/png').split(',')[1] ?? '';
};

const sizeOf = (image: Locator) =>
  image.evaluate((image: HTMLImageElement) => [
    image.complete && image.naturalWidth,
    image.width,
    image.height,
  ]);

const PDF = Buffer.from('%PDF-1.7\n1 0 obj <</S /JavaScript /JS (app.alert(1))>> endobj');

test('a visitor’s picture reaches the agent, and an agent’s document the visitor', async ({
  foyer,
  site,
  person,
}) => {
  const [visitor, agent] = [await person(), await person()];
  await visitor.page.goto(site.page());
  const widget = await openWidget(visitor.page);
  await startBilling(widget);
  await say(widget, 'Here is what I see.');
  const buffer = Buffer.from(await visitor.page.evaluate(paint), 'base64');
  const [theirChooser] = await Promise.all([
    visitor.page.waitForEvent('filechooser'),
    widget.getByRole('button', { name: 'Attach a file' }).click(),
  ]);
  await theirChooser.setFiles({ name: 'screen.png', mimeType: 'image/png', buffer });
  const visitorImage = widget.getByRole('img', { name: /screen\.png/ });
  await visitorImage.waitFor();

  await signIn(agent, foyer.origin, 'owner@acme.example');
  const { page } = agent;
  // The space is reserved before the picture loads, so that nothing moves.
  let release = () => {};
  const released = new Promise<void>((done) => {
    release = done;
  });
  await page.route('**/files/*', async (route) => {
    await released;
    await route.continue();
  });
  await row(page, 'screen.png').click();
  const image = page.getByRole('img', { name: 'Image: screen.png' });
  await image.waitFor();
  expect((await sizeOf(image)).slice(1)).toEqual([40, 30]);
  release();
  await expect.poll(() => sizeOf(image)).toEqual([40, 40, 30]);

  // What the test's own clock would run in the file's page is refused, as everything there is.
  agent.problems.allow(/Blocked script execution in .*\/files\//);
  // Opening the picture gets a new link if the old one has expired.
  await page.unrouteAll({ behavior: 'wait' });
  await page.clock.install();
  await page.clock.fastForward('20:00');
  const [linkRequest, tab] = await Promise.all([
    page.waitForRequest(/\/api\/admin\/conversations\/.*\/files\/\d+$/),
    agent.context.waitForEvent('page'),
    image.click(),
  ]);
  expect((await linkRequest.response())?.status()).toBe(200);
  await tab.waitForURL(/\/files\//);
  expect(await tab.evaluate(() => document.contentType)).toBe('image/png');
  await tab.close();

  // By button: chosen, previewed, sent with the reply.
  const field = page.getByRole('textbox', { name: /^Reply to/ });
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Attach files' }).click(),
  ]);
  await chooser.setFiles({ name: 'offer & terms.pdf', mimeType: 'application/pdf', buffer: PDF });
  const tray = page.getByRole('list', { name: 'Files to send' });
  await tray.getByText('offer & terms.pdf').waitFor();
  // Pasted, and removed again.
  await field.evaluate((element) => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File(['secret'], 'not this one.txt', { type: 'text/plain' }));
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  });
  await page.getByRole('button', { name: 'Remove not this one.txt' }).click();

  // A failed upload can be tried again, and is sent once.
  agent.problems.allow(/Failed to load resource.*files/);
  await page.route('**/files?*', (route) => route.abort(), { times: 1 });
  await field.fill('Our offer:');
  await field.press('Enter');
  await tray.getByRole('alert').waitFor();
  await tray.getByRole('button', { name: 'Try again' }).click();
  await tray.waitFor({ state: 'detached' });
  await page.getByLabel('Messages').getByText('offer & terms.pdf').waitFor();

  const download = widget.getByRole('button', { name: /offer & terms\.pdf/ });
  await download.waitFor();
  expect(await download.count()).toBe(1);
  const [file] = await Promise.all([visitor.page.waitForEvent('download'), download.click()]);
  expect(file.suggestedFilename()).toBe('offer & terms.pdf');
  expect(readFileSync(await file.path())).toEqual(PDF);

  // Notes have no files.
  await page.getByRole('radio', { name: 'Note' }).check({ force: true });
  expect(
    await page.getByRole('button', { name: 'Files can’t be added to notes' }).isDisabled(),
  ).toBe(true);
});

test('a file is sent once, even if the conversation is reopened meanwhile; a text can be dropped', async ({
  foyer,
  site,
  person,
}) => {
  const [visitor, agent] = [await person(), await person()];
  await visitor.page.goto(site.page());
  const widget = await openWidget(visitor.page);
  await startBilling(widget);
  await say(widget, 'One picture');
  const [chooser] = await Promise.all([
    visitor.page.waitForEvent('filechooser'),
    widget.getByRole('button', { name: 'Attach a file' }).click(),
  ]);
  const buffer = Buffer.from(await visitor.page.evaluate(paint), 'base64');
  await chooser.setFiles({ name: 'once.png', mimeType: 'image/png', buffer });
  await widget.getByRole('img', { name: /once\.png/ }).waitFor();
  const uploads: string[] = [];
  visitor.page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/files?'))
      uploads.push(request.url());
  });

  await signIn(agent, foyer.origin, 'owner@acme.example');
  const { page } = agent;
  await row(page, 'once.png').click();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await widget.getByText('This conversation has ended.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await composer(widget).waitFor();
  await say(widget, 'And a word');
  await waitForAck(widget);
  expect(uploads).toEqual([]);

  // The browser must not open dropped files; it inserts dropped text itself.
  const refused = (kind: 'file' | 'text') =>
    composer(widget).evaluate((field, what) => {
      const dataTransfer = new DataTransfer();
      if (what === 'file') dataTransfer.items.add(new File(['a'], 'a.txt', { type: 'text/plain' }));
      else dataTransfer.setData('text/plain', 'some words');
      const over = { dataTransfer, bubbles: true, cancelable: true };
      return !field.dispatchEvent(new DragEvent('drop', over));
    }, kind);
  expect(await refused('file')).toBe(true);
  expect(await refused('text')).toBe(false);

  // V2: a file without a text, while the panel is closed: badge, title, label and preview show it.
  await visitor.page.getByRole('button', { name: 'Close chat' }).click();
  const [agentChooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Attach files' }).click(),
  ]);
  await agentChooser.setFiles({ name: 'offer.pdf', mimeType: 'application/pdf', buffer: PDF });
  await page.getByRole('list', { name: 'Files to send' }).getByText('offer.pdf').waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await visitor.page.getByRole('button', { name: 'Open chat, 1 unread message' }).waitFor();
  await widget.getByRole('status').getByText('offer.pdf').waitFor();
  await expect.poll(() => visitor.page.title()).toMatch(/^\(1\) /);
});

/** Puts cells as from a spreadsheet, or a picture, on the real clipboard. */
async function copy({ page, context }: Person, what: 'cells' | 'picture'): Promise<void> {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const image = await page.evaluate(paint);
  await page.bringToFront();
  await page.evaluate(
    async ([kind, base64]) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const item: Record<string, Blob> = { 'image/png': new Blob([bytes], { type: 'image/png' }) };
      if (kind === 'cells') {
        item['text/plain'] = new Blob(['apples\t3'], { type: 'text/plain' });
        item['text/html'] = new Blob(['<table><tr><td>apples</td><td>3</td></tr></table>'], {
          type: 'text/html',
        });
      }
      await navigator.clipboard.write([new ClipboardItem(item)]);
    },
    [what, image] as const,
  );
}

test('V1 A8: cells are pasted as text, pictures are attached', async ({ foyer, site, person }) => {
  const [visitor, agent] = [await person(), await person()];
  await visitor.page.goto(site.page());
  const widget = await openWidget(visitor.page);
  await startBilling(widget);
  await say(widget, 'Our list:');
  await waitForAck(widget);

  await copy(visitor, 'cells');
  const area = composer(widget);
  await area.press('ControlOrMeta+V');
  await expect.poll(() => area.inputValue()).toBe('apples\t3');
  await copy(visitor, 'picture');
  await area.press('ControlOrMeta+V');
  await widget.getByRole('img', { name: /image-\d{4}-\d\d-\d\d-\d{6}\.png/ }).waitFor();
  expect(await area.inputValue()).toBe('apples\t3');
  // V19: a refused file says why.
  visitor.problems.allow(/status of 400 .*files/);
  const [chooser] = await Promise.all([
    visitor.page.waitForEvent('filechooser'),
    widget.getByRole('button', { name: 'Attach a file' }).click(),
  ]);
  const empty = { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) };
  const program = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('#!/bin/sh') };
  await chooser.setFiles([empty, { ...program, name: 'run.bat' }, program]);
  await widget.getByText('This file is empty.').waitFor();
  const refused = widget.getByText('Programs and files that can run commands can’t be sent.');
  await expect.poll(() => refused.count()).toBe(2);

  await signIn(agent, foyer.origin, 'owner@acme.example');
  const { page } = agent;
  await row(page, 'image-').click();
  const field = page.getByRole('textbox', { name: /^Reply to/ });
  await copy(agent, 'cells');
  await field.press('ControlOrMeta+V');
  await expect.poll(() => field.inputValue()).toBe('apples\t3');
  await copy(agent, 'picture');
  await field.press('ControlOrMeta+V');
  const tray = page.getByRole('list', { name: 'Files to send' });
  await tray.getByText(/image-.*\.png/).waitFor();
  await tray.getByRole('button', { name: /^Remove image-/ }).click();
  await field.fill('');

  await page.getByRole('radio', { name: 'Note' }).check({ force: true });
  const note = page.getByRole('textbox', { name: /^Private note/ });
  await note.press('ControlOrMeta+V');
  await page.getByText('Files can’t be added to notes. Switch to Reply.').waitFor();
  await copy(agent, 'cells');
  await note.press('ControlOrMeta+V');
  await expect.poll(() => note.inputValue()).toBe('apples\t3');
});

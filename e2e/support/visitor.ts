import type { Frame, FrameLocator, Page } from 'playwright-core';

/** A visitor's actions in the widget. */

/** The panel, whether or not it has loaded. */
export function widgetOf(page: Page): FrameLocator {
  return page.frameLocator('iframe[title="Chat"]');
}

/** The panel's document, for what a locator cannot do. */
export function frameOf(page: Page): Frame {
  const frame = page
    .frames()
    .find((candidate) => new URL(candidate.url()).pathname === '/widget/frame');
  if (!frame) throw new Error('There is no widget on the page.');
  return frame;
}

/** Opens the widget, and waits for its first view. */
export async function openWidget(page: Page): Promise<FrameLocator> {
  await page.getByRole('button', { name: /^Open chat/ }).click();
  const widget = widgetOf(page);
  await widget.getByRole('heading', { level: 1 }).waitFor();
  return widget;
}

export async function pickDepartment(widget: FrameLocator, name: string): Promise<void> {
  await widget.getByRole('listitem').getByRole('button').filter({ hasText: name }).click();
}

/** Starts a conversation in a department without a form. */
export async function startBilling(widget: FrameLocator): Promise<void> {
  await pickDepartment(widget, 'Billing');
  await composer(widget).waitFor();
}

export function composer(widget: FrameLocator) {
  return widget.getByRole('textbox', { name: 'Message' });
}

/** Writes a message and sends it; does not wait for the ack. */
export async function say(widget: FrameLocator, text: string): Promise<void> {
  await composer(widget).fill(text);
  await composer(widget).press('Enter');
}

/** The bubbles with exactly this text. */
export function bubble(widget: FrameLocator, text: string) {
  return widget.getByRole('log').getByText(text, { exact: true });
}

/** Waits until the visitor's last message is marked as sent or read. */
export async function waitForAck(widget: FrameLocator): Promise<void> {
  await widget
    .getByRole('log')
    .getByText(/· (Sent|Read)$/)
    .waitFor();
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { until } from './until.ts';
import type { Remote } from './webdriver.ts';

const SETTLED_MS = 500;

/** WebDriver's name of an element in JSON. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const element = z
  .object({ [ELEMENT]: z.string() })
  .transform((reference) => reference[ELEMENT] ?? '');

/**
 * The first element that matches CSS and a text and is visible or a file field, in the document or in the
 * widget's shadow root.
 */
const FIND = `
  const [css, text] = arguments;
  const root = document.querySelector('foyer-widget')?.shadowRoot;
  const all = [document, root].flatMap((element) => [...(element?.querySelectorAll(css) ?? [])]);
  const name = (element) => [element.ariaLabel, element.title, element.textContent].join(' ');
  const visible = { visibilityProperty: true, opacityProperty: true };
  return all.find((element) =>
    (element.type === 'file' || element.checkVisibility(visible)) && name(element).includes(text));`;

/**
 * The first script of a page: opens the widget's shadow root, and records every error that reaches the
 * page.
 */
export const PAGE_SCRIPT = `
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    return attach.call(this, { ...options, mode: 'open' });
  };
  window.wrong = [];
  window.onerror = (message) => void wrong.push(message);
  window.onunhandledrejection = ({ reason }) => void wrong.push(String(reason));
  console.error = (...words) => void wrong.push(words.join(' '));`;

/** A tab of a browser, with what a person does and sees in it. */
export function openTab(remote: Remote) {
  let inPanel = false;
  const run = (script: string, ...args: unknown[]) =>
    remote.command('ExecuteScript', { script, args });

  const look = async (css: string, text = '') =>
    element.nullable().parse((await run(FIND, css, text)) ?? null);

  /** Waits until it appears. */
  const see = (css: string, text = '') => until(`${css} "${text}"`, () => look(css, text));

  /** Later commands run in the panel. */
  async function enterPanel(): Promise<void> {
    const frame = await see('iframe');
    await remote.command('SwitchToFrame', { id: { [ELEMENT]: frame } });
    inPanel = true;
  }

  /** Later commands run in the page. */
  async function leavePanel(): Promise<void> {
    await remote.command('SwitchToFrame', { id: null });
    inPanel = false;
  }

  return {
    run,
    see,
    go: (url: string) => remote.command('Navigate', { url }),
    async reload() {
      await leavePanel();
      await remote.command('Refresh');
    },
    /** Gives the window a size; its content is a little smaller. */
    async size(width: number, height: number) {
      await remote.command('SetWindowRect', { width, height });
      // A window's size changes after the answer.
      await until('the size', () => run('return innerWidth === arguments[0]', width));
    },
    /** Waits until it has disappeared. */
    miss: (css: string, text = '') =>
      until(`no ${css} "${text}"`, async () => (await look(css, text)) === null),
    async click(css: string, text = '') {
      await remote.command('ElementClick', { id: await see(css, text) });
    },
    /** Clicks on a field and types. */
    async type(css: string, text: string) {
      const id = await see(css);
      await remote.command('ElementClick', { id });
      await remote.command('ElementSendKeys', { id, text });
    },
    /** Types wherever the focus is. */
    async press(text: string) {
      const actions = [...text].flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ]);
      const keyboard = { type: 'key', id: 'keyboard', actions };
      await remote.command('PerformActions', { actions: [keyboard] });
    },
    /** Chooses a file of this machine. */
    async choose(path: string) {
      await remote.command('ElementSendKeys', { id: await see('input[type=file]'), text: path });
    },
    enterPanel,
    leavePanel,
    /** Errors of the open page, and those that the browser reports. */
    async problems(): Promise<string[]> {
      const errors = z.array(z.string()).parse(await run('return window.wrong ?? []'));
      return [...errors, ...(await remote.problems())];
    },
    async screenshot(path: string) {
      const before = inPanel;
      await leavePanel();
      // Elements may not be painted yet, and animations may still run.
      await sleep(SETTLED_MS);
      const data = z.string().parse(await remote.command('TakeScreenshot', { full: false }));
      if (before) await enterPanel();
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, Buffer.from(data, 'base64'));
    },
  };
}

export type Tab = ReturnType<typeof openTab>;

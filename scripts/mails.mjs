import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

/** Where wrangler writes the mails of a local Worker, one folder for each run, gone when it ends. */
export const mailFolder = join(root, '.wrangler', 'tmp', 'email');

/** Milliseconds between two looks: a watch would miss what comes with a folder that is new. */
const LOOK_EVERY = 500;

/**
 * Prints each mail from now on: nobody receives them, and a developer needs their links.
 * @param {(text: string) => void} tell
 */
export function tellMails(tell) {
  const since = Date.now();
  /** @type {Set<string>} */
  const printed = new Set();
  setInterval(() => {
    if (!existsSync(mailFolder)) return;
    for (const name of readdirSync(mailFolder, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.eml') || printed.has(name)) continue;
      const file = join(mailFolder, name);
      const { mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: 0 };
      const mail = mtimeMs < since ? '' : readMail(readFileSync(file, 'utf8'));
      // Null where it is still being written.
      if (mail !== null) printed.add(name);
      if (mail) tell(`${mail}\n  ${file}\n`);
    }
  }, LOOK_EVERY).unref();
}

/**
 * What a mail of ours says, for a terminal: to whom, about what, and its plain text.
 * @param {string} raw as worker/email/mime.ts writes it
 * @returns {string | null} null for half a mail
 */
export function readMail(raw) {
  const header = (/** @type {string} */ name) =>
    new RegExp(`^${name}: (.*(?:\\r\\n .*)*)`, 'm').exec(raw)?.[1] ?? '';
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1];
  if (!boundary || !raw.includes(`--${boundary}--`)) return null;
  const part = raw.split(`--${boundary}`).find((text) => text.includes('text/plain')) ?? '';
  const text = decode(part.slice(part.indexOf('\r\n\r\n'))).trim();
  const indented = text.replace(/^(?=.)/gm, '  ');
  return `\nA mail to ${header('To')}: ${headerText(header('Subject'))}\n\n${indented}\n`;
}

/**
 * Undoes folding and encoded words (RFC 2047).
 * @param {string} header
 */
function headerText(header) {
  return header
    .replace(/\?=\r\n =\?/g, '?==?')
    .replace(/=\?utf-8\?B\?([^?]*)\?=/g, (_, /** @type {string} */ word) => decode(word));
}

/** @param {string} base64 */
function decode(base64) {
  return Buffer.from(base64, 'base64').toString('utf8').replaceAll('\r\n', '\n');
}

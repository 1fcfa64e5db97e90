import { isEmail } from '../../protocol/text/email.ts';

/**
 * A mail as it travels (RFC 5322), with a plain text and an HTML part (RFC 2045, RFC 2046). All of it
 * is ASCII, except for the part of an address before the `@`, which can only be UTF-8
 * (RFC 6532): bodies are base64, what is not ASCII in a header is an encoded word (RFC 2047), and
 * domains are in Punycode.
 */

type Address = { name?: string; email: string };

type Parts = {
  from: Address;
  to: Address;
  subject: string;
  text: string;
  html: string;
  date: Date;
  /** Unique for each mail. */
  id: string;
};

/** RFC 2047, 2: an encoded word is at most 75 characters, of which `=?utf-8?B?` and `?=` are 12. */
const ENCODED_BYTES = 45;

/** RFC 2045, 6.8: encoded lines are at most 76 characters. */
const BASE64_LINE = 76;

/** @throws Error for an address that is none: it would end up in a header as it is */
export function toMime({ from, to, subject, text, html, date, id }: Parts): string {
  const boundary = `foyer-${id}`;
  const domain = addressOf(from).split('@')[1];
  return [
    `From: ${mailbox(from)}`,
    `To: ${mailbox(to)}`,
    `Subject: ${headerText(subject)}`,
    `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}@${domain}>`,
    'MIME-Version: 1.0',
    // RFC 3834: no vacation notice answers this.
    'Auto-Submitted: auto-generated',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    ...part(boundary, 'text/plain', text),
    ...part(boundary, 'text/html', html),
    `--${boundary}--`,
    '',
  ].join('\r\n');
}

/** A text in a header: one line, whatever line ends were in it, so that no header can be added. */
export function headerText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
  if (/^[\x20-\x7e]{0,60}$/.test(line) && !line.includes('=?')) return line;
  return encodedWords(line).join('\r\n ');
}

function mailbox(address: Address): string {
  const email = addressOf(address);
  const { name } = address;
  if (!name?.trim()) return email;
  // Always encoded, so that no character of the name has a meaning here.
  return `${encodedWords(name).join('\r\n ')} <${email}>`;
}

function addressOf({ email }: Address): string {
  return mailAddress(email);
}

/**
 * An address as mail servers know it: its domain in ASCII.
 *
 * @throws Error for an address that is none
 */
export function mailAddress(email: string): string {
  const [local, domain] = email.split('@');
  if (!isEmail(email) || !URL.canParse(`http://${domain}`)) {
    throw new Error('This is not an e-mail address.');
  }
  return `${local}@${new URL(`http://${domain}`).hostname}`;
}

/** Whether only a mail service that knows internationalized addresses (RFC 6531) can send to it. */
export function needsInternationalMail(email: string): boolean {
  return /\P{ASCII}/u.test(email.split('@')[0] ?? '');
}

/** Split between characters: each word decodes by itself. */
function encodedWords(text: string): string[] {
  const words: string[] = [];
  let current = '';
  const size = (part: string) => new TextEncoder().encode(part).length;
  for (const character of text) {
    if (size(current + character) > ENCODED_BYTES) {
      words.push(current);
      current = '';
    }
    current += character;
  }
  words.push(current);
  return words.map((word) => `=?utf-8?B?${base64(word)}?=`);
}

function part(boundary: string, type: string, body: string): string[] {
  const encoded = base64(body.replace(/\r\n|\r|\n/g, '\r\n'));
  return [
    `--${boundary}`,
    `Content-Type: ${type}; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
    '',
    ...(encoded.match(new RegExp(`.{1,${BASE64_LINE}}`, 'g')) ?? []),
  ];
}

function base64(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

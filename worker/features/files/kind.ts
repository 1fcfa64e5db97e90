/**
 * What a file is, by its content: neither its name nor what its sender says of it counts.
 *
 * Pictures of these types are shown in place. Everything else is given for download alone, and what
 * could run in a page (SVG, HTML) is nothing but bytes.
 */

/** The first bytes that `kindOf` looks at. */
export const HEAD_BYTES = 4_100;

/** Signatures (en.wikipedia.org/wiki/List_of_file_signatures): where they begin, and their bytes. */
const SIGNATURES: [type: string, at: number, bytes: string][] = [
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF87a'],
  ['image/gif', 0, 'GIF89a'],
  ['image/webp', 8, 'WEBP'],
  ['image/avif', 4, 'ftypavif'],
  ['image/avif', 4, 'ftypavis'],
  ['application/pdf', 0, '%PDF-'],
  ['application/zip', 0, 'PK\x03\x04'],
  ['application/gzip', 0, '\x1f\x8b'],
  ['video/mp4', 4, 'ftyp'],
  ['video/webm', 0, '\x1aE\xdf\xa3'],
  ['audio/mpeg', 0, 'ID3'],
  ['audio/ogg', 0, 'OggS'],
  ['audio/wav', 8, 'WAVE'],
];

/** What machines run, and shortcuts to it; it is not taken at all. */
const PROGRAMS: [at: number, bytes: string][] = [
  // A shortcut of Windows: the header's size, and the class of its links (MS-SHLLINK, 2.1).
  [0, 'L\0\0\0\x01\x14\x02\0'],
  [0, '\x7fELF'],
  [0, '\xfe\xed\xfa\xce'],
  [0, '\xfe\xed\xfa\xcf'],
  [0, '\xce\xfa\xed\xfe'],
  [0, '\xcf\xfa\xed\xfe'],
  [0, '\xca\xfe\xba\xbe'],
];

/**
 * The media type of what begins with these bytes: one of the known, `text/plain` for what reads as
 * UTF-8, `application/octet-stream` for the rest; null for a program.
 */
export function kindOf(head: Uint8Array): string | null {
  const has = (at: number, bytes: string) =>
    head.length >= at + bytes.length &&
    [...bytes].every((character, index) => head[at + index] === character.charCodeAt(0));
  if (PROGRAMS.some(([at, bytes]) => has(at, bytes))) return null;
  // Programs of DOS and Windows have NULs in their headers; a text that begins so has none.
  if (has(0, 'MZ') && head.includes(0)) return null;
  if (has(0, '#!') && namesProgram(head)) return null;
  const signature = SIGNATURES.find(([, at, bytes]) => has(at, bytes));
  if (signature) return signature[0];
  return isText(head) ? 'text/plain' : 'application/octet-stream';
}

/** Whether a first line `#!` names the program that runs the rest: `#!/bin/sh`, `#! /usr/bin/env node`. */
function namesProgram(head: Uint8Array): boolean {
  return /^#![ \t]*\//.test(new TextDecoder('latin1').decode(head.subarray(0, 80)));
}

function isText(head: Uint8Array): boolean {
  if (head.includes(0)) return false;
  try {
    // The last character may be cut in two.
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

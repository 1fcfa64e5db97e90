import { z } from 'zod';

const HEX = /^[0-9a-f]{32}$/;

/**
 * A list of UUIDs as one string of 16 characters each, for what a socket remembers while its object
 * sleeps: fifty of them written out would be more than an attachment takes.
 */
export const packedIds = z.codec(z.string(), z.array(z.string()), {
  decode: (packed) => packed.match(/.{16}/gs)?.map(unpack) ?? [],
  encode: (ids) => ids.map(pack).join(''),
});

function pack(id: string): string {
  const hex = id.replaceAll('-', '');
  if (!HEX.test(hex)) throw new TypeError(`No UUID in small letters: ${id}`);
  return hex.replace(/../g, (byte) => String.fromCharCode(Number.parseInt(byte, 16)));
}

function unpack(bytes: string): string {
  const hex = Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join(
    '',
  );
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

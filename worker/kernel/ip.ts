/** IP addresses as limits count them. */

/** The bits of an IPv6 address that one connection has: it chooses the other 64 by itself. */
const IPV6_NETWORK_BITS = 64;

/** An address as a number, in 32 or 128 bits; an IPv4-mapped IPv6 address is the IPv4 address. */
type Parsed = { bits: 32 | 128; value: bigint };

/**
 * The part of an address that one connection cannot change: an IPv4 address, or the /64 of an IPv6
 * address as `2001:db8:1:2::/64`. Every limit by address counts by this. What is no address stays as
 * it is, so that such requests share one limit.
 */
export function networkOf(address: string): string {
  const parsed = parse(address);
  if (!parsed) return address;
  if (parsed.bits === 32) return ipv4Text(parsed.value);
  const groups = Array.from({ length: IPV6_NETWORK_BITS / 16 }, (_, index) =>
    ((parsed.value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  return `${groups.join(':')}::/${IPV6_NETWORK_BITS}`;
}

/** A range of addresses, as `203.0.113.0/24` or `2001:db8::/48`; without a length, one address. */
export type Range = { bits: 32 | 128; prefix: number; value: bigint };

/** The range that a text names; null when it names none. */
export function parseRange(text: string): Range | null {
  const [address = '', length, ...more] = text.trim().split('/');
  const parsed = parse(address);
  if (!parsed || more.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length)))
    return null;
  // `::ffff:203.0.113.0/120` is `203.0.113.0/24`.
  const shift = address.includes(':') && parsed.bits === 32 ? 96 : 0;
  const prefix = length === undefined ? parsed.bits : Number(length) - shift;
  if (prefix < 0 || prefix > parsed.bits) return null;
  return { ...parsed, prefix };
}

/** Whether an address is in one of the ranges. */
export function isWithin(address: string, ranges: readonly Range[]): boolean {
  const parsed = parse(address);
  if (!parsed) return false;
  return ranges.some(({ bits, prefix, value }) => {
    const rest = BigInt(bits - prefix);
    return bits === parsed.bits && value >> rest === parsed.value >> rest;
  });
}

function parse(address: string): Parsed | null {
  const ipv4 = parseIpv4(address);
  if (ipv4 !== null) return { bits: 32, value: ipv4 };
  const value = parseIpv6(address);
  if (value === null) return null;
  return value >> 32n === 0xffffn
    ? { bits: 32, value: value & 0xffff_ffffn }
    : { bits: 128, value };
}

function parseIpv4(text: string): bigint | null {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return null;
  const octets = text.split('.').map(Number);
  if (octets.some((octet) => octet > 255)) return null;
  return octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);
}

function parseIpv6(text: string): bigint | null {
  // The last 32 bits may be written as an IPv4 address; a zone (`%eth0`) is the reader's own.
  const [plain = ''] = text.split('%');
  const tail = plain.slice(plain.lastIndexOf(':') + 1);
  const ipv4 = tail.includes('.') ? parseIpv4(tail) : null;
  const hex =
    ipv4 === null
      ? plain
      : `${plain.slice(0, -tail.length)}${(ipv4 >> 16n).toString(16)}:${(ipv4 & 0xffffn).toString(16)}`;
  const halves = hex.split('::');
  if (halves.length > 2) return null;
  const [left = [], right = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - left.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...left, ...Array<string>(missing).fill('0'), ...right];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

function ipv4Text(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
}

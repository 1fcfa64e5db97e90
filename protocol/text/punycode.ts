/** Punycode, by which domain names of all scripts are written in ASCII (RFC 3492, section 5). */

const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const INITIAL_N = 128;
const LAST_CODE_POINT = 0x10ffff;

/** A label has 63 characters at most (RFC 1035, 2.3.4), of which `xn--` are four. */
const LABEL = /\bxn--([a-z0-9-]{1,59})(?![a-z0-9-])/gi;

/** The text with each `xn--…` decoded into its letters; what is not Punycode stays. */
export function fromPunycode(text: string): string {
  return text.replace(LABEL, (whole, label: string) => decode(label) ?? whole);
}

/** RFC 3492, 6.2; null where the label is not Punycode. */
function decode(label: string): string | null {
  const hyphen = label.lastIndexOf('-');
  const output = [...label.slice(0, Math.max(0, hyphen)).toLowerCase()];
  let n = INITIAL_N;
  let i = 0;
  let bias = INITIAL_BIAS;
  for (let at = hyphen + 1; at < label.length; ) {
    const before = i;
    for (let weight = 1, k = BASE; ; k += BASE) {
      const digit = Number.parseInt(label[at] ?? '', BASE);
      if (Number.isNaN(digit)) return null;
      at += 1;
      // Letters count from 0, and digits from 26; parseInt has them the other way round.
      const value = digit < 10 ? digit + 26 : digit - 10;
      i += value * weight;
      if (i > Number.MAX_SAFE_INTEGER) return null;
      const threshold = Math.min(T_MAX, Math.max(T_MIN, k - bias));
      if (value < threshold) break;
      weight *= BASE - threshold;
    }
    const length = output.length + 1;
    bias = adapt(i - before, length, before === 0);
    n += Math.floor(i / length);
    i %= length;
    if (n > LAST_CODE_POINT) return null;
    output.splice(i, 0, String.fromCodePoint(n));
    i += 1;
  }
  return output.join('');
}

/** RFC 3492, 6.1. */
function adapt(difference: number, length: number, first: boolean): number {
  let delta = Math.floor(first ? difference / DAMP : difference / 2);
  delta += Math.floor(delta / length);
  let k = 0;
  for (; delta > ((BASE - T_MIN) * T_MAX) / 2; k += BASE)
    delta = Math.floor(delta / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * delta) / (delta + SKEW));
}

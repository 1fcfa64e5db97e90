let lastTime = 0;
let counter = 0;

/**
 * A UUID of version 7 (RFC 9562, 5.7): ids made in one tab sort in the order of their making, also
 * within a millisecond and when the clock steps back. Unlike `crypto.randomUUID` it works on plain
 * http pages as well.
 */
export function uuidv7(): string {
  const now = Date.now();
  if (now > lastTime) {
    lastTime = now;
    counter = 0;
  } else if (++counter > 0xfff) {
    lastTime += 1;
    counter = 0;
  }
  const [a = 0, b = 0] = crypto.getRandomValues(new Uint32Array(2));
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  const time = hex(lastTime, 12);
  const variant = hex(0x8000 | (a >>> 18), 4);
  const node = hex(a & 0xffff, 4) + hex(b, 8);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(counter, 3)}-${variant}-${node}`;
}

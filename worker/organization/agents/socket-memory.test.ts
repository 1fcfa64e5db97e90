import { deserialize, serialize } from 'node:v8';
import { expect, test } from 'vitest';
import { MAX_DEPARTMENTS } from '../../../protocol/limits.ts';
import { type SocketMemory, socketMemory, WATCHED, watch } from './socket-memory.ts';

/** developers.cloudflare.com/durable-objects/best-practices/websockets: an attachment's bytes. */
const ATTACHMENT = 2_048;

const id = (number: number) => `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`;

test('the newest conversations are watched; the oldest fall out and are named', () => {
  let watching: string[] = [];
  for (let number = 1; number <= WATCHED; number += 1) {
    const next = watch(watching, id(number));
    expect(next.dropped).toEqual([]);
    watching = next.watching;
  }
  expect(watching[0]).toBe(id(WATCHED));
  const over = watch(watching, id(99));
  expect(over.watching).toHaveLength(WATCHED);
  expect(over.dropped).toEqual([id(1)]);
});

test('one that is opened again moves to the front and pushes nothing out', () => {
  const full = Array.from({ length: WATCHED }, (_, index) => id(index));
  const again = watch(full, id(5));
  expect(again.dropped).toEqual([]);
  expect(again.watching[0]).toBe(id(5));
  expect([...again.watching].sort()).toEqual([...full].sort());
});

test('the fullest memory fits into an attachment', () => {
  const fullest: SocketMemory = {
    id: id(1),
    name: 'ᚠ'.repeat(200),
    session_id: id(2),
    role: 'agent',
    departments: Array.from({ length: MAX_DEPARTMENTS }, (_, index) => id(index)),
    idle: false,
    watching: Array.from({ length: WATCHED }, (_, index) => id(index)),
  };
  const written = socketMemory.encode(fullest);
  // As the runtime writes it: by structured clone.
  expect(serialize(written).length).toBeLessThan(ATTACHMENT);
  expect(socketMemory.parse(deserialize(serialize(written)))).toEqual(fullest);
});

import { expect, test } from 'vitest';
import { heldLockNames, holdLock } from './locks.ts';

// Node has the browsers' Web Locks.
const { locks } = navigator;

/** A tab that wants to be the one that rings; resolves when it is. */
function tab(name: string) {
  let leave = () => {};
  const leads = new Promise<void>((done) => {
    leave = holdLock(locks, name, 'exclusive', done);
  });
  return { leads, leave: () => leave() };
}

test('one tab rings; when it closes, the next open one does', async () => {
  const first = tab('ring');
  await first.leads;
  const second = tab('ring');
  const third = tab('ring');
  const heard: string[] = [];
  second.leads.then(() => heard.push('second'));
  expect(await heldLockNames(locks)).toContain('ring');
  expect(heard).toEqual([]);
  second.leave();
  first.leave();
  await third.leads;
  expect(heard).toEqual([]);
  third.leave();
});

test('several tabs can view the same conversation', async () => {
  const tabs = await Promise.all(
    [1, 2].map(
      () =>
        new Promise<() => void>((done) => {
          const leave = holdLock(locks, 'look:1', 'shared', () =>
            queueMicrotask(() => done(leave)),
          );
        }),
    ),
  );
  expect(await heldLockNames(locks)).toContain('look:1');
  for (const leave of tabs) leave();
});

test('a browser without locks notifies in every tab rather than in none', async () => {
  let leads = false;
  holdLock(null, 'ring', 'exclusive', () => {
    leads = true;
  });
  expect(leads).toBe(true);
  expect(await heldLockNames(null)).toEqual(new Set());
});

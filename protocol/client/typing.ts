import type { Sender } from '../message.ts';

/** Milliseconds between two frames that say that somebody still types. */
const REPEAT = 3_000;

/** Milliseconds without a keystroke after which typing has ended. */
const PAUSE = 4_000;

/** Milliseconds for which a reader believes a frame; the next comes after `REPEAT`. */
const BELIEF = 6_000;

/** Thins what a person's keystrokes say into few frames: each costs the Worker a wake-up. */
export function createTypingSender(say: (typing: boolean) => void) {
  let saidAt: number | null = null;
  let pause: ReturnType<typeof setTimeout> | undefined;

  function forget(): void {
    clearTimeout(pause);
    saidAt = null;
  }

  return {
    typing(typing: boolean): void {
      if (typing) {
        clearTimeout(pause);
        pause = setTimeout(() => this.typing(false), PAUSE);
        if (saidAt !== null && Date.now() - saidAt < REPEAT) return;
        saidAt = Date.now();
        say(true);
      } else if (saidAt !== null) {
        forget();
        say(false);
      }
    },
    /** A message ends the typing for its readers without a frame. */
    forget,
  };
}

/** Who types, by what the Worker says; everybody falls out by themselves. */
export function createTypists(changed: (typists: readonly Sender[]) => void) {
  const typists = new Map<string, { sender: Sender; timer: ReturnType<typeof setTimeout> }>();
  const tell = () => changed([...typists.values()].map((typist) => typist.sender));

  function remove(sender: Sender): void {
    const typist = typists.get(`${sender.kind}:${sender.id}`);
    if (!typist) return;
    clearTimeout(typist.timer);
    typists.delete(`${sender.kind}:${sender.id}`);
    tell();
  }

  return {
    add(sender: Sender): void {
      const key = `${sender.kind}:${sender.id}`;
      const before = typists.get(key);
      clearTimeout(before?.timer);
      typists.set(key, { sender, timer: setTimeout(() => remove(sender), BELIEF) });
      if (!before) tell();
    },
    remove,
    clear(): void {
      for (const typist of typists.values()) clearTimeout(typist.timer);
      const any = typists.size > 0;
      typists.clear();
      if (any) tell();
    },
  };
}

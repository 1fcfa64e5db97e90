import type { Sender } from '../conversation/message.ts';
import type { Typist } from './types.ts';

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
export function createTypists(changed: (typists: readonly Typist[]) => void) {
  let typists: { sender: Typist; timer: ReturnType<typeof setTimeout> }[] = [];

  const find = ({ kind, id }: Sender) =>
    typists.find(({ sender }) => sender.kind === kind && sender.id === id);

  function set(next: typeof typists): void {
    typists = next;
    changed(next.map(({ sender }) => sender));
  }

  function remove(sender: Sender): void {
    const typist = find(sender);
    if (!typist) return;
    clearTimeout(typist.timer);
    set(typists.filter((other) => other !== typist));
  }

  return {
    add(sender: Typist): void {
      const timer = setTimeout(() => remove(sender), BELIEF);
      const typist = find(sender);
      clearTimeout(typist?.timer);
      if (typist) typist.timer = timer;
      else set([...typists, { sender, timer }]);
    },
    remove,
    clear(): void {
      for (const { sender } of typists) remove(sender);
    },
  };
}

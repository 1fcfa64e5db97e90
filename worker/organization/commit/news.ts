import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import type { Placed } from '../../../protocol/conversation/visibility.ts';
import type { News } from './call.ts';

/** What the agents are told of one conversation. */
export type Change = {
  /** Its newest state. */
  conversation: ConversationSummary;
  /** Where it was before, once for each time that it was handed on. */
  before: readonly Placed[];
};

/**
 * Milliseconds that news waits at most for the flush that is on its way. Most flushes take less, so
 * that one frame has all of a flush; a database that hangs keeps no agent waiting for longer.
 */
export const TELL_WITHIN = 250;

type Deps = {
  /** Whether a flush is on its way, or will be after a pause. */
  isBusy: () => boolean;
  /** Sends what was gathered to the agents, each conversation once. */
  tell: (changes: readonly Change[]) => void;
};

/**
 * Gathers what agents are to be told, so that they get one frame for each flush, and not one for each
 * change (K13).
 *
 *   no flush on its way ──add──► told at once
 *   a flush on its way  ──add──► gathered ──the flush ends, or TELL_WITHIN──► told
 *
 * Invariants:
 * 1. Nothing is left out: what is added is told, or a newer version of it.
 * 2. A conversation is told once, in its newest version, with all places that it was in before.
 * 3. There is a timer only while something waits. Nothing is stored.
 */
export class GatheredNews {
  readonly #deps: Deps;
  #waiting = new Map<string, Change>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  add({ conversation, before }: News): void {
    const places = before ? [before] : [];
    const waiting = this.#waiting.get(conversation.id);
    this.#waiting.set(conversation.id, {
      conversation:
        waiting && waiting.conversation.version > conversation.version
          ? waiting.conversation
          : conversation,
      before: [...(waiting?.before ?? []), ...places],
    });
    if (this.#deps.isBusy()) this.#timer ??= setTimeout(() => this.tell(), TELL_WITHIN);
    else this.tell();
  }

  /** Tells what was gathered: a flush has ended, and the next one has begun. */
  tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.size === 0) return;
    const changes = [...this.#waiting.values()];
    this.#waiting = new Map();
    this.#deps.tell(changes);
  }
}

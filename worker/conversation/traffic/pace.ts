import type { Principal } from '../../auth/principal.ts';
import type { HumanCheck } from '../../features/human-check/config.ts';
import { checkRequired, isChecked } from '../../features/human-check/proof.ts';
import { utf8Length } from '../../kernel/utf8.ts';
import type { Brake } from './brake.ts';
import type { Traffic } from './traffic.ts';

type Deps = {
  brake: Brake;
  traffic: Traffic;
  /** The check that suspected visitors must pass; undefined where none is configured. */
  humanCheck: () => HumanCheck | undefined;
  /** Milliseconds since 1970. */
  now: () => number;
};

/**
 * How fast a visitor may write: by the conversation's brake, by what their address writes in all
 * conversations, and by the human check. Nobody else is counted.
 */
export class Pace {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /**
   * To be awaited before a text is taken; null where it may be taken now.
   *
   * @param text what the principal writes
   */
  ready(principal: Principal, text: string): Promise<void> | null {
    if (principal.role !== 'visitor') return null;
    const { traffic, humanCheck, now } = this.#deps;
    const time = now();
    // A person who passed the check does not wait because of others at their address.
    if (humanCheck() && isChecked(principal, time)) return null;
    return traffic.ready(principal.address, utf8Length(text), time);
  }

  /**
   * Counts one more entry. With a human check, a visitor who is suspected or whose address must wait
   * passes it first, and then need not wait because of others at that address.
   *
   * @param bytes of its text
   * @throws FoyerError rate_limited, human_check_required
   */
  count(principal: Principal, bytes: number): void {
    if (principal.role !== 'visitor') return;
    const { brake, traffic, humanCheck, now } = this.#deps;
    const { address, suspected } = principal;
    const check = humanCheck();
    const time = now();
    const isPerson = check !== undefined && isChecked(principal, time);
    const isSlow = traffic.isSlow(address, time) && !traffic.isFull(address, time);
    if (check && (suspected || isSlow) && !isPerson) throw checkRequired(check);
    brake.count(time);
    traffic.count(address, bytes, time, isPerson);
  }

  /**
   * Counts a text that is no entry's: the comment of a rating. It has no brake, since the number of
   * ratings has a quota.
   *
   * @throws FoyerError rate_limited
   */
  countComment(principal: Principal, comment: string | null): void {
    if (principal.role !== 'visitor') return;
    const { traffic, humanCheck, now } = this.#deps;
    const time = now();
    const isPerson = humanCheck() !== undefined && isChecked(principal, time);
    traffic.count(principal.address, utf8Length(comment ?? ''), time, isPerson);
  }
}

import type { Principal } from '../../auth/principal.ts';
import type { FoyerError } from '../../kernel/errors.ts';
import { dueLine } from '../../kernel/log/line-limit.ts';
import type { Journal } from './journal.ts';

/** Tells the Worker's log why somebody may not have received a message. */
export class DeliveryReports {
  readonly #journal: Journal;
  /** Whether the log was told that no browser of the visitor has the conversation open. */
  #isToldUnheard = false;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** A browser of the visitor opened the conversation: the next absence is told again. */
  visitorCame(): void {
    this.#isToldUnheard = false;
  }

  /** A message to the visitor was written: told once a pause where no browser of theirs hears it. */
  written({ role, request }: Principal, seq: number): void {
    if (role === 'visitor' || this.#isToldUnheard) return;
    for (const { memory } of this.#journal.deps.peers()) {
      if (memory.who.role === 'visitor' && memory.caught_up) return;
    }
    this.#isToldUnheard = true;
    this.#journal.deps.report?.info('message_unheard', { role: 'visitor', seq, request });
  }

  refused({ role, request }: Principal, { code }: FoyerError): void {
    const due = dueLine(`${this.#journal.founding.id} ${code}`);
    if (!due) return;
    this.#journal.deps.report?.info('message_refused', { role, refusal: code, request, ...due });
  }
}

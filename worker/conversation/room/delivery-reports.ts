import type { Principal } from '../../auth/principal.ts';
import type { FoyerError } from '../../kernel/errors.ts';
import { dueLine } from '../../kernel/log/line-limit.ts';
import type { Journal } from './journal.ts';

/** Tells the Worker's log why somebody may not have received a message. */
export class DeliveryReports {
  readonly #journal: Journal;
  /** Whether it was logged that no browser of the visitor has the conversation open. */
  #isAbsenceLogged = false;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** A browser of the visitor opened the conversation: the next absence is logged again. */
  visitorCame(): void {
    this.#isAbsenceLogged = false;
  }

  /** A message to the visitor was written. Logged, once a pause, where no browser of theirs is open. */
  written({ role, request }: Principal, seq: number): void {
    if (role === 'visitor' || this.#isAbsenceLogged) return;
    for (const { memory } of this.#journal.deps.peers()) {
      if (memory.who.role === 'visitor' && memory.caught_up) return;
    }
    this.#isAbsenceLogged = true;
    this.#journal.deps.report?.info('message_unheard', { role: 'visitor', seq, request });
  }

  refused({ role, request }: Principal, { code }: FoyerError): void {
    const due = dueLine(`${this.#journal.founding.id} ${code}`);
    if (!due) return;
    this.#journal.deps.report?.info('message_refused', { role, refusal: code, request, ...due });
  }
}

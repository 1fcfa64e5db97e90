import { type Actor, systemFor } from '../../../protocol/conversation/actor.ts';
import type { ClosedReason } from '../../../protocol/conversation/closed-reason.ts';
import type { Priority } from '../../../protocol/conversation/conversation-fields.ts';
import type { Rating } from '../../../protocol/conversation/rating.ts';
import { MAX_LABELS_EACH } from '../../../protocol/limits.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { hoursOf, type Policy } from '../../organization/policy.ts';
import type { Journal } from '../room/journal.ts';
import { type Founding, seeMention } from '../state/state.ts';
import { waitsForVisitor } from '../timers/auto-close.ts';
import type { Agent } from '../who.ts';

/** What an agent may change at once. Each part leaves its entry in the log, but for a mention that was seen. */
export type Change = {
  status?: 'active' | 'snoozed' | 'closed' | undefined;
  /** With `snoozed`: when it comes back, ISO 8601; null: when the visitor writes. */
  snoozedUntil?: string | null | undefined;
  closedReason?: ClosedReason | undefined;
  assignee?: { id: string; name: string } | null | undefined;
  department?: { id: string; name: string } | undefined;
  /** The agent who moves it away: if it was assigned to them, it has no assignee afterwards. */
  givenAwayBy?: string | undefined;
  priority?: Priority | undefined;
  addLabels?: string[] | undefined;
  /** With `addLabels`: all labels of the organization. Others were removed, and do not count. */
  knownLabels?: string[] | undefined;
  removeLabels?: string[] | undefined;
  /** What these labels are called, for the entry. */
  labelNames?: Record<string, string> | undefined;
  /** The user who has seen that a note names them. */
  mentionSeenBy?: string | undefined;
};

/** A block, and the end of sessions; what is left out stays as it is. */
export type Restraint = {
  blocked?: boolean | undefined;
  /** Sessions that began before this moment end. Milliseconds since 1970. */
  revoked_before?: number | undefined;
};

/** What is done with a conversation, beside talking in it. Synchronous, as the room is. */
export class Commands {
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** @throws FoyerError conversation_closed */
  mustBeOpen(): void {
    if (this.#journal.state.closed_at) throw new FoyerError('conversation_closed');
  }

  /**
   * Makes the conversation the agent's; nothing happens when it is already.
   *
   * @throws FoyerError already_claimed (says who), conversation_closed
   */
  claim(agent: Agent): void {
    this.mustBeOpen();
    const { assignee } = this.#journal.state;
    if (assignee?.id === agent.id) return;
    if (assignee) {
      throw new FoyerError('already_claimed', {
        message: `${assignee.name} has this conversation.`,
      });
    }
    this.join(agent);
    this.#journal.broadcastHead();
  }

  /** An agent takes part for the first time, and has the conversation from now on. */
  join({ id, name }: Agent): void {
    const by = { kind: 'agent' as const, id, name };
    this.#journal.event(by, { type: 'joined', agent: { id, name } });
  }

  /**
   * Changes the conversation. What is so already leaves no entry.
   *
   * @throws FoyerError conversation_closed, conflict for more labels than fit
   */
  change(by: Actor, change: Change): void {
    const { status, department } = change;
    let { assignee } = change;
    const { state } = this.#journal;
    if (status === 'active' && state.closed_at) this.#journal.event(by, { type: 'reopened' });
    else if (status === 'active' && state.status === 'snoozed') {
      this.#journal.event(by, { type: 'woke' });
    }
    if (department && department.id !== state.department_id) {
      this.mustBeOpen();
      if (assignee === undefined && state.assignee?.id === change.givenAwayBy) assignee = null;
      this.#journal.event(by, { type: 'department_changed', department });
    }
    if (assignee !== undefined && assignee?.id !== state.assignee?.id) {
      this.mustBeOpen();
      this.#journal.event(by, { type: 'assigned', assignee });
    }
    if (status === 'snoozed') this.#snooze(by, change.snoozedUntil ?? null);
    this.#prioritize(by, change);
    this.#relabel(by, change);
    this.#seeMention(change);
    if (status === 'closed') this.close(by, change.closedReason ?? 'resolved');
    else this.#journal.broadcastHead();
  }

  /** Closes; a closed conversation stays as it is, with its first reason. */
  close(by: Actor, reason: ClosedReason): void {
    if (this.#journal.state.closed_at) return;
    this.#journal.event(by, { type: 'closed', reason });
    this.#journal.broadcastHead();
  }

  /**
   * Closes a conversation whose visitor has left the last word of an agent unanswered, by the
   * organization's policy, and says to the visitor what that says before. Whether its time has come
   * is the timer's to know (timers/auto-close.ts); what waits for somebody else stays as it is.
   */
  closeInactive(policy: Policy): void {
    const { state, deps } = this.#journal;
    const hours = hoursOf(policy, state.department_id);
    if (!policy.auto_close || hours === null || !waitsForVisitor(state)) return;
    const { message, sender, reopens } = policy.auto_close;
    const by = systemFor('inactivity', `policy-${policy.version}`);
    if (message !== null) {
      const from = { kind: 'system' as const, id: 'system', name: sender };
      this.#journal.append({ id: deps.uuid(), kind: 'text', sender: from, by, body: message });
    }
    this.#journal.event(
      by,
      { type: 'closed', reason: 'inactive', hours, ...(reopens && { reopens }) },
      { further: (next) => ({ ...next, policy_version: policy.version }) },
    );
    this.#journal.broadcastHead();
  }

  /** Ends the snoozing whose time has come. */
  wake(): void {
    const { status, snoozed_until } = this.#journal.state;
    if (status !== 'snoozed' || snoozed_until === null) return;
    if (Date.parse(snoozed_until) > this.#journal.deps.now().getTime()) return;
    this.#journal.event(systemFor('snooze_ended'), { type: 'woke' });
    this.#journal.broadcastHead();
  }

  /**
   * Updates the assignee: nobody, where they left the organization, or a
   * new name is the one that everybody sees.
   *
   * @param userId the assignee who was looked up; nothing happens where it is another's by now
   * @param name null for one who is no member
   */
  reassess(userId: string, name: string | null): void {
    const { assignee, closed_at } = this.#journal.state;
    if (assignee?.id !== userId || closed_at) return;
    if (name === assignee.name) return;
    if (name === null) {
      this.#journal.event(systemFor('member_left'), { type: 'assigned', assignee: null });
    } else {
      const renamed = { type: 'assignee_renamed' as const, assignee: { id: userId, name } };
      this.#journal.event(systemFor('member_renamed'), renamed);
    }
    this.#journal.broadcastHead();
  }

  /** The customer has another name or address: the lists show them, later messages bear the name. */
  rename(by: Actor, customer: Founding['customer']): void {
    const { founding } = this.#journal;
    const changed = (['full_name', 'email'] as const).filter(
      (key) => founding.customer[key] !== customer[key],
    );
    if (changed.length === 0) return;
    const { full_name } = customer;
    this.#journal.keepFounding({ ...founding, customer });
    this.#journal.event(by, { type: 'customer_changed', changed, full_name });
    this.#journal.broadcastHead();
  }

  /**
   * The visitor's rating; the last one counts.
   *
   * @throws FoyerError too_late once the quota of ratings is used up
   */
  rate(by: Actor, { score, comment }: Rating): void {
    const { rating: before, ratings = 0 } = this.#journal.state;
    if (before?.score === score && before.comment === comment) return;
    if (ratings >= this.#journal.deps.quotas.conversation_ratings) throw new FoyerError('too_late');
    this.#journal.event(by, { type: 'rated', score, comment });
    this.#journal.broadcastHead();
  }

  /**
   * Blocks the visitor or unblocks them, and ends the sessions that began before. Nothing is written
   * where nothing changes, and no entry where the conversation is closed.
   */
  restrain(by: Actor, { blocked, revoked_before: before = 0 }: Restraint): void {
    const { founding, state } = this.#journal;
    const revoked_before = Math.max(before, founding.revoked_before ?? 0) || undefined;
    const next = { ...founding, blocked: blocked ?? founding.blocked, revoked_before };
    const isBlocked = next.blocked ?? false;
    const isTurned = isBlocked !== (founding.blocked ?? false);
    if (!isTurned && revoked_before === founding.revoked_before) return;
    this.#journal.keepFounding(next);
    if (state.closed_at) return;
    const blocking = { type: 'visitor_blocked' as const, blocked: isBlocked };
    this.#journal.event(by, isTurned ? blocking : { type: 'sessions_ended' });
  }

  #snooze(by: Actor, until: string | null): void {
    this.mustBeOpen();
    const { status, snoozed_until } = this.#journal.state;
    if (status === 'snoozed' && snoozed_until === until) return;
    this.#journal.event(by, { type: 'snoozed', until });
  }

  #prioritize(by: Actor, { priority }: Change): void {
    if (!priority || priority === this.#journal.state.priority) return;
    this.#journal.event(by, { type: 'priority_changed', priority });
  }

  /** One entry for all labels of a change; none where nothing changes. */
  #relabel(by: Actor, change: Change): void {
    const { addLabels = [], removeLabels = [], knownLabels, labelNames = {} } = change;
    const before = this.#journal.state.label_ids;
    let after = [...new Set([...before.filter((id) => !removeLabels.includes(id)), ...addLabels])];
    if (knownLabels && after.length > MAX_LABELS_EACH) {
      after = after.filter((id) => knownLabels.includes(id));
    }
    if (after.length > MAX_LABELS_EACH) {
      throw new FoyerError('conflict', {
        message: `A conversation has at most ${MAX_LABELS_EACH} labels.`,
      });
    }
    const withNames = (ids: string[]) => ids.map((id) => ({ id, name: labelNames[id] ?? null }));
    const added = withNames(after.filter((id) => !before.includes(id)));
    const removed = withNames(before.filter((id) => !after.includes(id)));
    if (added.length + removed.length === 0) return;
    this.#journal.event(by, { type: 'labels_changed', added, removed });
  }

  /** Costs no entry (P11): it is a read mark. */
  #seeMention({ mentionSeenBy }: Change): void {
    if (mentionSeenBy === undefined) return;
    const before = this.#journal.state;
    const next = seeMention(before, mentionSeenBy, this.#journal.now());
    if (next !== before) this.#journal.replace(next);
  }
}

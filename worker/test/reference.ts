import type { Who } from '../conversation/who.ts';
import type { ErrorCode } from '../kernel/errors.ts';

/** What a conversation is, without sockets, pages, storage or sleep: two lists and a few names. */

export type Entry = {
  /** Null for an event, whose id nobody knows before. */
  id: string | null;
  kind: 'text' | 'note' | 'event';
  /** `visitor`, an agent's id, or `system`. */
  from: string;
  /** The text, or the event's type with what it is about. */
  says: string;
};

export type Action =
  | { type: 'claim' }
  | { type: 'assign'; to: string | null }
  | { type: 'move'; to: string }
  | { type: 'close' }
  | { type: 'reopen' };

type Outcome = { seq: number } | { refused: ErrorCode } | { none: true };

export class Reference {
  readonly log: Entry[] = [];
  assignee: string | null = null;
  department = 'sales';
  closed = false;
  /** What each side has read, and what of it a crash leaves. */
  read = { visitor: 0, agent: 0 };
  readMarks = { visitor: 0, agent: 0 };

  visible(role: Who['role']): { seq: number; entry: Entry }[] {
    return this.log
      .map((entry, index) => ({ seq: index + 1, entry }))
      .filter(({ entry }) => role === 'agent' || isPublic(entry));
  }

  send(person: Who, id: string, kind: 'text' | 'note', says: string): Outcome {
    const from = nameOf(person);
    if (kind === 'note' && person.role === 'visitor') return { refused: 'forbidden' };
    const index = this.log.findIndex((entry) => entry.id === id);
    if (index >= 0) {
      return this.log[index]?.from === from ? { seq: index + 1 } : { refused: 'conflict' };
    }
    if (kind === 'text' && this.closed) return { refused: 'conversation_closed' };
    if (kind === 'text' && person.role === 'agent' && !this.assignee) this.#join(from);
    const seq = this.#add({ id, kind, from, says });
    this.read[person.role] = seq;
    this.keep();
    return { seq };
  }

  act(agent: string, action: Action): Outcome {
    switch (action.type) {
      case 'claim':
        if (this.closed) return { refused: 'conversation_closed' };
        if (this.assignee === agent) return { none: true };
        return this.assignee ? { refused: 'already_claimed' } : { seq: this.#join(agent) };
      case 'assign':
        if (action.to === this.assignee) return { none: true };
        if (this.closed) return { refused: 'conversation_closed' };
        this.assignee = action.to;
        return { seq: this.#event(`assigned ${action.to}`) };
      case 'move':
        if (action.to === this.department) return { none: true };
        if (this.closed) return { refused: 'conversation_closed' };
        this.department = action.to;
        return { seq: this.#event(`department_changed ${action.to}`) };
      case 'close':
        if (this.closed) return { none: true };
        this.closed = true;
        return { seq: this.#event('closed') };
      case 'reopen':
        if (!this.closed) return { none: true };
        this.closed = false;
        return { seq: this.#event('reopened') };
    }
  }

  mark(role: Who['role'], seq: number): void {
    this.read[role] = Math.max(this.read[role], Math.min(seq, this.#last(role)));
  }

  keep(): void {
    this.readMarks = { ...this.read };
  }

  crash(): void {
    this.read = { ...this.readMarks };
  }

  #join(agent: string): number {
    this.assignee = agent;
    return this.#event(`joined ${agent}`);
  }

  /** Nobody has to read an event: who had read everything still has. */
  #event(says: string): number {
    const roles = (['visitor', 'agent'] as const).filter(
      (role) => this.read[role] === this.#last(role),
    );
    const seq = this.#add({ id: null, kind: 'event', from: 'system', says });
    for (const role of roles) this.read[role] = this.#last(role);
    this.keep();
    return seq;
  }

  #last(role: Who['role']): number {
    return this.visible(role).at(-1)?.seq ?? 0;
  }

  #add(entry: Entry): number {
    this.log.push(entry);
    this.keep();
    return this.log.length;
  }
}

function nameOf(person: Who): string {
  return person.role === 'agent' ? person.id : 'visitor';
}

function isPublic({ kind, says }: Entry): boolean {
  return kind !== 'note' && !says.startsWith('assigned ');
}

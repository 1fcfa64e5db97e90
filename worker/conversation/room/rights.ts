import type { Action } from '../../auth/permissions.ts';
import { may, type Principal } from '../../auth/principal.ts';
import { FoyerError } from '../../kernel/errors.ts';
import type { Change } from '../commands/commands.ts';

/**
 * What each kind of principal may do in a conversation that is there for them.
 *
 * Invariants:
 * 1. A visitor talks, rates, closes, and changes what is theirs. They have no permissions.
 * 2. What an agent's role gives is checked by the route, since a socket keeps no role. Here it is
 *    checked that the deed is an agent's.
 * 3. A bot or an API key does what one of its actions allows, and never what only a person can:
 *    claiming a conversation, and rating it.
 * 4. Foyer itself does what it decides by rules and times, and takes back nothing.
 */
export type Deed =
  | 'message'
  | 'note'
  | 'amend'
  | 'claim'
  | 'close'
  | 'rate'
  | 'rename'
  | 'restrain';

type Right = {
  visitor: boolean;
  agent: boolean;
  system: boolean;
  /** What allows it to a bot or an API key; null: nothing does. */
  action: Action | null;
};

const RIGHTS: Record<Deed, Right> = {
  message: { visitor: true, agent: true, system: true, action: 'conversation.reply' },
  note: { visitor: false, agent: true, system: true, action: 'conversation.note' },
  amend: { visitor: true, agent: true, system: false, action: 'conversation.reply' },
  claim: { visitor: false, agent: true, system: false, action: null },
  close: { visitor: true, agent: true, system: true, action: 'conversation.close' },
  rate: { visitor: true, agent: false, system: false, action: null },
  rename: { visitor: true, agent: true, system: true, action: 'customer.edit' },
  restrain: { visitor: true, agent: true, system: true, action: 'customer.block' },
};

/** @throws FoyerError forbidden where this principal may not do that */
export function mustBeAllowed(principal: Principal, deed: Deed): void {
  const { action, ...kinds } = RIGHTS[deed];
  const { role } = principal;
  const isAllowed =
    role === 'bot' || role === 'api_key' ? action !== null && may(principal, action) : kinds[role];
  if (!isAllowed) throw new FoyerError('forbidden');
}

/**
 * As `mustBeAllowed`, of a change. Only a user sees a mention, so no program does.
 *
 * @throws FoyerError forbidden
 */
export function mustBeAllowedToChange(principal: Principal, change: Change): void {
  const { role } = principal;
  if (role === 'agent') return;
  const isAllowed =
    role !== 'visitor' &&
    change.mentionSeenBy === undefined &&
    actionsOf(change).every((action) => may(principal, action));
  if (!isAllowed) throw new FoyerError('forbidden');
}

/** The parts of a change that need a permission; undefined: that stays as it is. */
type Parts = Pick<Change, 'status'> & {
  [Part in 'addLabels' | 'removeLabels' | 'department' | 'assignee' | 'priority']?: unknown;
};

/** The permissions that a change needs. */
export function actionsOf(change: Parts): Action[] {
  const actions: Action[] = [];
  if (change.status === 'closed') actions.push('conversation.close');
  if (change.status === 'active') actions.push('conversation.reopen');
  if (change.status === 'snoozed') actions.push('conversation.snooze');
  if (change.addLabels || change.removeLabels) actions.push('conversation.label');
  if (change.department !== undefined) actions.push('conversation.move');
  if (change.assignee !== undefined || change.priority) actions.push('conversation.assign');
  return actions;
}

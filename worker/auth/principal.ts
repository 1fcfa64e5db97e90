import { type Actor, actorOfRule } from '../../protocol/conversation/actor.ts';
import { type Placed, sees as seesPlaced } from '../../protocol/conversation/visibility.ts';
import type { Agent, Visitor } from '../conversation/who.ts';
import { type Action, may as roleMay } from './permissions.ts';

/**
 * The caller. Each kind has its own rights, so that nothing has to pass as an agent who sees
 * everything: a visitor has their own conversations, an agent what their role and departments give,
 * a bot or an API key what it was made for, and Foyer itself its whole organization.
 */
export type Principal = Visitor | Agent | Machine | System;

/** A program that an organization lets in: what it may do, and where. */
export type Machine = {
  role: 'bot' | 'api_key';
  organization_id: string;
  id: string;
  name: string;
  actions: readonly Action[];
  /** The departments whose conversations it sees; left out: all. */
  departments?: readonly string[] | undefined;
  request?: string | undefined;
};

/** Foyer itself: what follows from a thing that somebody did, or from the time. */
export type System = {
  role: 'system';
  organization_id: string;
  /** The actor or the rule that caused it; its entries name them. */
  by: Actor;
  request?: string | undefined;
};

/** Whether the principal may do this. A visitor may do nothing of what has a permission. */
export function may(principal: Principal, action: Action): boolean {
  switch (principal.role) {
    case 'visitor':
      return false;
    case 'agent':
      return principal.member_role !== undefined && roleMay(principal.member_role, action);
    case 'bot':
    case 'api_key':
      return principal.actions.includes(action);
    case 'system':
      return true;
  }
}

/** Whether a conversation of their organization is visible to the principal. Visitors are checked elsewhere. */
export function sees(principal: Exclude<Principal, Visitor>, conversation: Placed): boolean {
  return principal.role === 'system' || seesPlaced(principal, conversation);
}

/** @param customer the id of the customer whose conversation it is, and who the visitor is */
export function actorOf(principal: Principal, customer: string): Actor {
  switch (principal.role) {
    case 'visitor':
      return { kind: 'visitor', id: customer };
    case 'system':
      return principal.by;
    default:
      return { kind: principal.role, id: principal.id, name: principal.name };
  }
}

/**
 * Foyer, which does what follows from a person's deed and reaches further than they see: a customer
 * whom an agent blocks is blocked in every department.
 */
export function following(person: Exclude<Principal, System>, customer: string): System {
  const { organization_id, request } = person;
  return { role: 'system', organization_id, by: actorOf(person, customer), request };
}

/** A rule of the organization, which acts as Foyer and is named in the entries. */
export function ruleAs(organization_id: string, rule: { id: string; name: string }): System {
  return { role: 'system', organization_id, by: actorOfRule(rule) };
}

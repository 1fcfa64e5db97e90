import type { Actor } from '../../../protocol/conversation/actor.ts';

/**
 * ` by Maya`, ` by you`, ` by the rule Escalate`; empty where Foyer acted for another reason, or
 * where it is not known who acted.
 */
export function byText(by: Actor | null | undefined, me: string): string {
  if (!by) return '';
  switch (by.kind) {
    case 'visitor':
      return ' by the visitor';
    case 'system':
      if (by.cause !== 'rule') return '';
      return by.name ? ` by the rule ${by.name}` : ' by a rule';
    default:
      return ` by ${by.id === me ? 'you' : by.name}`;
  }
}

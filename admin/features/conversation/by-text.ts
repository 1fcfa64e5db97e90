import type { Actor } from '../../../protocol/conversation/actor.ts';

/** ` by Maya`, ` by you`; nothing where Foyer did it by itself, or where it is not known. */
export function byText(by: Actor | null | undefined, me: string): string {
  if (!by || by.kind === 'system') return '';
  if (by.kind === 'visitor') return ' by the visitor';
  return ` by ${by.id === me ? 'you' : by.name}`;
}

import type { Member } from '../../../../protocol/resources/member.ts';
import { fold } from '../../../../protocol/text/fold.ts';

type Named = Pick<Member, 'user_id' | 'name'>;

/** Most that are offered at once: a person reads no more. */
const MAX_OPTIONS = 8;

/** Those one of whose names begins with what is typed. */
export function matchingMembers<One extends Named>(all: readonly One[], query: string): One[] {
  const typed = fold(query);
  const fits = ({ name }: One) => ` ${fold(name)}`.includes(` ${typed}`);
  return all.filter(fits).slice(0, MAX_OPTIONS);
}

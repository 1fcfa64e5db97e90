import type { Member } from '../../../../protocol/resources/member.ts';
import { fold } from '../../../../protocol/text/fold.ts';

type Named = Pick<Member, 'user_id' | 'name'>;

/** How many options are offered at once. */
const MAX_OPTIONS = 8;

/** The members with a name that starts with the query. */
export function matchingMembers<One extends Named>(all: readonly One[], query: string): One[] {
  const typed = fold(query);
  const fits = ({ name }: One) => ` ${fold(name)}`.includes(` ${typed}`);
  return all.filter(fits).slice(0, MAX_OPTIONS);
}

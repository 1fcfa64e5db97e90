import type { Member } from '../../../protocol/resources.ts';
import { Avatar } from '../../components/Avatar.tsx';
import { useInbox } from '../inbox/context.ts';
import { MENTION_LIST, mentionId } from './option-ids.ts';
import { SuggestionList } from './SuggestionList.tsx';
import type { Suggestions } from './suggestions.ts';

/** Whom a note may name, above the field. */
export default function MentionList(props: { picker: Suggestions<Member> }) {
  const { directory } = useInbox();
  return (
    <SuggestionList
      suggestions={props.picker}
      id={MENTION_LIST}
      label="Colleagues"
      optionId={({ user_id }) => mentionId(user_id)}
      pictured
    >
      {({ user_id, name }) => (
        <>
          <Avatar id={user_id} name={name} image={directory.imageOf(user_id)} size="small" />
          <span dir="auto">{name}</span>
        </>
      )}
    </SuggestionList>
  );
}

import { Show } from 'solid-js';
import type { Member } from '../../../../protocol/resources/member.ts';
import { Avatar } from '../../../components/Avatar.tsx';
import { useInbox } from '../../inbox/context.ts';
import { MENTION_LIST, mentionId } from '../suggestions/option-ids.ts';
import styles from '../suggestions/SuggestionList.module.css';
import { SuggestionList } from '../suggestions/SuggestionList.tsx';
import type { Suggestions } from '../suggestions/suggestions.ts';

/** The colleagues whom a note can mention, listed above the field. */
export default function MentionList(props: { picker: Suggestions<Member> }) {
  const { directory } = useInbox();
  /** Whether another member has the same name. */
  const isShared = (name: string) =>
    directory.members().filter((member) => member.name === name).length > 1;
  return (
    <SuggestionList
      suggestions={props.picker}
      id={MENTION_LIST}
      label="Colleagues"
      optionId={({ user_id }) => mentionId(user_id)}
      pictured
    >
      {({ user_id, name, email }) => (
        <>
          <Avatar id={user_id} name={name} image={directory.imageOf(user_id)} size="small" />
          <span dir="auto">{name}</span>
          <Show when={isShared(name)}>
            <span class={styles.body} dir="auto">
              {email}
            </span>
          </Show>
        </>
      )}
    </SuggestionList>
  );
}

import { For, Show } from 'solid-js';
import type { Member } from '../../../protocol/resources.ts';
import { Avatar } from '../../components/Avatar.tsx';
import { useInbox } from '../inbox/context.ts';
import styles from './CannedList.module.css';
import { MENTION_LIST, mentionId } from './option-ids.ts';
import type { Suggestions } from './suggestions.ts';

/** Whom a note may name, above the field. */
export default function MentionList(props: { picker: Suggestions<Member> }) {
  const { picker } = props;
  const { directory } = useInbox();
  return (
    <Show when={picker.offered().length > 0}>
      <div class={styles.list} id={MENTION_LIST} role="listbox" aria-label="Colleagues">
        <For each={picker.offered()}>
          {(member) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and the keys.
            // biome-ignore lint/a11y/useFocusableInteractive: the field points at it instead.
            <div
              class={`${styles.option} ${styles.person}`}
              role="option"
              id={mentionId(member.user_id)}
              aria-selected={picker.active() === member}
              // The field keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => picker.choose(member)}
            >
              <Avatar
                id={member.user_id}
                name={member.name}
                image={directory.imageOf(member.user_id)}
                size="small"
              />
              <span dir="auto">{member.name}</span>
            </div>
          )}
        </For>
      </div>
    </Show>
  );
}

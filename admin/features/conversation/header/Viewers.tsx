import { For } from 'solid-js';
import type { Sender } from '../../../../protocol/conversation/message.ts';
import { Avatar } from '../../../components/Avatar.tsx';
import { useInbox } from '../../inbox/context.ts';
import styles from './Viewers.module.css';

/** How many pictures fit. The other colleagues are named on hover. */
const MAX_SHOWN = 3;

/** The colleagues who have the conversation open, and whether they are typing. */
export default function Viewers(props: {
  others: readonly { id: string; name: string }[];
  typing: readonly Sender[];
}) {
  const { directory } = useInbox();
  const writes = (id: string) =>
    props.typing.some((sender) => sender.kind === 'agent' && sender.id === id);
  const text = () =>
    props.others
      .map(({ id, name }) => `${name} is ${writes(id) ? 'typing' : 'viewing this'}`)
      .join(', ');

  return (
    <span class={styles.viewers} title={text()}>
      <span class="visually-hidden">{text()}</span>
      <For each={props.others.slice(0, MAX_SHOWN)}>
        {({ id, name }) => (
          <span class={styles.viewer} classList={{ [styles.typing ?? '']: writes(id) }}>
            <Avatar id={id} name={name} image={directory.imageOf(id)} size="small" />
          </span>
        )}
      </For>
    </span>
  );
}

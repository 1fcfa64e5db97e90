import { For, Show } from 'solid-js';
import type { Sender } from '../../../protocol/message.ts';
import { Avatar } from '../../components/Avatar.tsx';
import { useInbox } from '../inbox/context.ts';
import { useSession } from '../session/session.ts';
import styles from './Viewers.module.css';

/** Colleagues whose pictures fit; the rest are named on hover. */
const SHOWN = 3;

/** Who else has this conversation open, and who of them writes. */
export function Viewers(props: {
  viewers: readonly { id: string; name: string }[];
  typing: readonly Sender[];
}) {
  const { me } = useSession();
  const { directory } = useInbox();
  const others = () => props.viewers.filter(({ id }) => id !== me.user.id);
  const writes = (id: string) =>
    props.typing.some((sender) => sender.kind === 'agent' && sender.id === id);
  const text = () =>
    others()
      .map(({ id, name }) => `${name} is ${writes(id) ? 'writing' : 'looking at this'}`)
      .join(', ');

  return (
    <div role="status">
      <Show when={others().length > 0}>
        <span class={styles.viewers} title={text()}>
          <span class="visually-hidden">{text()}</span>
          <For each={others().slice(0, SHOWN)}>
            {({ id, name }) => (
              <span class={styles.viewer} classList={{ [styles.typing ?? '']: writes(id) }}>
                <Avatar id={id} name={name} image={directory.imageOf(id)} size="small" />
              </span>
            )}
          </For>
        </span>
      </Show>
    </div>
  );
}

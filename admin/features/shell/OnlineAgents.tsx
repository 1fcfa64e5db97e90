import { For, Show } from 'solid-js';
import { Avatar } from '../../components/Avatar.tsx';
import { useLive } from '../../live/live.ts';
import { useSession } from '../session/session.ts';
import styles from './OnlineAgents.module.css';

/** The id of the list of colleagues, which a button or a menu opens. */
export const PEOPLE = 'people';

/** How many pictures fit into the navigation. The list behind them has everyone. */
const MAX_SHOWN = 3;

type Person = { id: string; name: string };

/** The colleagues who are online, as pictures, and the list of everyone who is online or away. */
export function OnlineAgents() {
  const { me } = useSession();
  const { inbox, directory } = useLive();
  const online = () => inbox.presence().online;
  const names = () =>
    `online: ${online()
      .map(({ name }) => name)
      .join(', ')}`;
  const others = () => online().filter(({ id }) => id !== me.user.id);
  return (
    <>
      <Show when={others().length > 0}>
        <button type="button" class={styles.faces} popovertarget={PEOPLE} title={names()}>
          <For each={others().slice(0, MAX_SHOWN)}>
            {({ id, name }) => (
              <Avatar
                id={id}
                name={name}
                image={directory.imageOf(id)}
                size="small"
                status="online"
              />
            )}
          </For>
          <span class={styles.number}>{online().length}</span>
          <span class="visually-hidden"> {names()}</span>
        </button>
      </Show>
      <div id={PEOPLE} popover="auto" class={styles.people}>
        <People title="Online" people={online()} status="online" />
        <People title="Away" people={inbox.presence().away} status="away" />
      </div>
    </>
  );
}

/** A list of agents. Hidden while it is empty. */
function People(props: { title: string; people: readonly Person[]; status: 'online' | 'away' }) {
  const { me } = useSession();
  const { directory } = useLive();
  return (
    <Show when={props.people.length > 0}>
      <div class={styles.group}>
        <p class={styles.heading}>{props.title}</p>
        <ul aria-label={props.title}>
          <For each={props.people}>
            {({ id, name }) => (
              <li class={styles.agent}>
                <Avatar
                  id={id}
                  name={name}
                  image={directory.imageOf(id)}
                  size="small"
                  status={props.status}
                />
                <span class={styles.name} dir="auto">
                  {name}
                </span>
                <Show when={id === me.user.id}>
                  <span class={styles.you}>you</span>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </div>
    </Show>
  );
}

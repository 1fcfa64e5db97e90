import { For, Show } from 'solid-js';
import { ColorDot } from '../../../components/ColorDot.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { PropertyMenu } from './PropertyMenu.tsx';
import styles from './PropertyRows.module.css';
import { PROPERTIES, type Properties } from './properties.ts';

/** The properties of a conversation, one a row, each with a menu that changes it. */
export function PropertyRows(props: { properties: Properties }) {
  return (
    <ul class={styles.rows}>
      <For each={PROPERTIES}>
        {(id) => {
          const property = () => props.properties[id]();
          return (
            <li class={styles.row}>
              <span class={styles.name} aria-hidden="true">
                {property().name}
              </span>
              <PropertyMenu of={property()}>
                <Show
                  when={id === 'labels' && props.properties.currentLabels().length > 0}
                  fallback={<Icon name={property().icon} />}
                >
                  <span class={styles.dots}>
                    <For each={props.properties.currentLabels()}>
                      {({ color }) => <ColorDot color={color} />}
                    </For>
                  </span>
                </Show>
                <span class={styles.value} dir="auto">
                  {property().text}
                </span>
              </PropertyMenu>
            </li>
          );
        }}
      </For>
    </ul>
  );
}

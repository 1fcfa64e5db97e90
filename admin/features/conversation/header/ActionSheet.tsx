import { For } from 'solid-js';
import { Dialog } from '../../../components/Dialog.tsx';
import { PropertyRows } from '../properties/PropertyRows.tsx';
import { PROPERTIES, type Properties } from '../properties/properties.ts';
import styles from './ActionSheet.module.css';
import type { Action } from './parts.ts';

/** All properties and actions of a conversation, in a sheet at the bottom of a phone's screen. */
export function ActionSheet(props: {
  title: string;
  properties: Properties;
  actions: readonly Action[];
  onCustomer(): void;
  onClose(): void;
}) {
  /** The rows above change the properties. */
  const actions = () => {
    const properties: readonly string[] = PROPERTIES;
    return props.actions.filter(({ value }) => !properties.includes(value));
  };

  function run(action: () => void): void {
    props.onClose();
    action();
  }

  return (
    <Dialog look="bottom" title={props.title} open onClose={() => props.onClose()}>
      <div class={styles.properties}>
        <PropertyRows properties={props.properties} />
      </div>
      <ul class={styles.actions}>
        <For each={actions()}>
          {(action) => (
            <li>
              <button type="button" class={styles.action} onClick={() => run(action.run)}>
                {action.label}
              </button>
            </li>
          )}
        </For>
        <li>
          <button type="button" class={styles.action} onClick={() => run(props.onCustomer)}>
            Customer details
          </button>
        </li>
      </ul>
    </Dialog>
  );
}

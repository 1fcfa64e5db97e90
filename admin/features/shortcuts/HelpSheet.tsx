import { For } from 'solid-js';
import { Dialog } from '../../components/Dialog.tsx';
import { t } from '../../texts/commands.ts';
import { nameOf, SHORTCUTS } from './commands.ts';
import styles from './HelpSheet.module.css';
import { keyName } from './key-names.ts';

const GROUPS = ['List', 'Conversation', 'Anywhere'] as const;

/** The list of all shortcuts. */
export default function HelpSheet(props: { open: boolean; onClose(): void }) {
  return (
    <Dialog look="card" title={t.help} open={props.open} onClose={props.onClose}>
      <div class={styles.groups} tabindex="0">
        <For each={GROUPS}>
          {(group) => (
            <section>
              <h3 class={styles.heading}>{t.groups[group]}</h3>
              <dl>
                <For
                  each={SHORTCUTS.filter(({ group: of, keys }) => of === group && keys.length > 0)}
                >
                  {(shortcut) => (
                    <div class={styles.shortcut}>
                      <dt>{nameOf(shortcut.id)}</dt>
                      <dd>
                        <For each={shortcut.keys}>
                          {(key) => <kbd class={styles.key}>{keyName(key)}</kbd>}
                        </For>
                      </dd>
                    </div>
                  )}
                </For>
              </dl>
            </section>
          )}
        </For>
      </div>
    </Dialog>
  );
}

import { For, Show } from 'solid-js';
import type { WidgetLook } from '../../../protocol/widget/widget-settings.ts';
import { Icon } from '../../components/Icon.tsx';
import { useSettings } from '../settings/settings.ts';
import { isColor } from './contrast.ts';
import styles from './WidgetPreview.module.css';

/** The default accent colour. */
const OWN_ACCENT = '#3b5bdb';

/** How many departments the preview shows. */
const MAX_DEPARTMENTS = 3;

type Look = {
  accent: string;
  greeting: string;
  theme: WidgetLook['theme'];
  position: WidgetLook['position'];
  launcher: WidgetLook['launcher'];
  launcherText: string;
};

/** A preview of the panel, a short chat and the button. It is not interactive. */
export function WidgetPreview(props: { draft: Look }) {
  const { departments } = useSettings();
  const names = () =>
    (departments.value() ?? [])
      .filter(({ visible, archived_at }) => visible && archived_at === null)
      .slice(0, MAX_DEPARTMENTS)
      .map(({ name }) => name);
  return (
    <section class={styles.preview} aria-label="Preview of the widget">
      <p class={styles.caption}>Preview</p>
      <div
        class={styles.stage}
        classList={{
          [`${styles.light}`]: props.draft.theme === 'light',
          [`${styles.dark}`]: props.draft.theme === 'dark',
          [`${styles.left}`]: props.draft.position === 'left',
        }}
        style={{
          '--preview-accent': isColor(props.draft.accent) ? props.draft.accent : OWN_ACCENT,
        }}
        aria-hidden="true"
        inert
      >
        <div class={styles.panels}>
          <div class={styles.panel}>
            <p class={styles.head} dir="auto">
              {props.draft.greeting.trim() || 'Hi there'}
            </p>
            <For each={names()}>
              {(name) => (
                <p class={styles.card} dir="auto">
                  {name}
                </p>
              )}
            </For>
          </div>
          <div class={styles.panel}>
            <p class={styles.theirs}>Good day. How can we help?</p>
            <p class={styles.own}>Where is my order?</p>
            <p class={styles.theirs}>On its way, it comes tomorrow.</p>
          </div>
        </div>
        <span class={styles.launcher}>
          <Icon name="inbox" />
          <Show when={props.draft.launcher !== 'icon' && props.draft.launcherText.trim()}>
            {(words) => <span dir="auto">{words()}</span>}
          </Show>
        </span>
      </div>
    </section>
  );
}

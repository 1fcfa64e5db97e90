import type { WidgetSettingsRecord } from '../../../protocol/widget/widget-settings.ts';
import { t } from '../../texts/settings.ts';
import { useSettings } from '../settings/settings.ts';
import { EmbedCheck } from './EmbedCheck.tsx';
import styles from './EmbedLine.module.css';
import { InstallGuide } from './InstallGuide.tsx';

/** How to put the widget on a website, and whether it was seen there. */
export function EmbedLine(props: { settings: WidgetSettingsRecord }) {
  const { settings } = useSettings();
  return (
    <section class={styles.embed} aria-labelledby="embed-title">
      <h2 class={styles.title} id="embed-title">
        {t.widget.embed}
      </h2>
      <InstallGuide settings={props.settings} />
      <EmbedCheck installed={props.settings.seen} onLook={settings.load} />
    </section>
  );
}

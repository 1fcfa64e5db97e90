import { Show } from 'solid-js';
import type { PreviewDepartment } from '../../../protocol/widget/preview.ts';
import type { WidgetSettingsRecord } from '../../../protocol/widget/widget-settings.ts';
import { t } from '../../texts/start.ts';
import type { Look } from '../widget/preview-message.ts';
import { WidgetPreview } from '../widget/WidgetPreview.tsx';
import styles from './DepartmentPreview.module.css';
import { choicesOf, type Draft } from './draft.ts';

/** What it looks like until the settings have loaded. */
const PLAIN: Look = {
  accent: '',
  greeting: '',
  theme: 'auto',
  position: null,
  launcher: 'icon',
  launcherText: '',
};

const toLook = (settings: WidgetSettingsRecord): Look => ({
  accent: settings.accent ?? '',
  greeting: settings.greeting ?? '',
  theme: settings.theme,
  position: settings.position,
  launcher: settings.launcher,
  launcherText: settings.launcher_text ?? '',
});

/** The department in the widget, as it is edited: its card, its form, and a chat. */
export function DepartmentPreview(props: { draft: Draft; settings: WidgetSettingsRecord | null }) {
  const department = (): PreviewDepartment => ({
    id: 'draft',
    name: props.draft.name.trim() || t.preview.department,
    description: props.draft.description.trim() || null,
    fields: props.draft.fields.map((field) => ({
      id: field.key,
      label: field.label.trim() || t.preview.field,
      type: field.type,
      required: field.required,
      options: field.type === 'select' ? choicesOf(field) : [],
    })),
    presence: t.preview.online,
  });
  return (
    <div class={styles.column}>
      <WidgetPreview
        look={props.settings ? toLook(props.settings) : PLAIN}
        departments={[department()]}
        departmentId="draft"
        view="form"
      />
      <Show when={props.draft.fields.length === 0}>
        <p class={styles.note}>{t.preview.noForm}</p>
      </Show>
      <Show when={!props.draft.visible}>
        <p class={styles.note}>{t.preview.hidden}</p>
      </Show>
    </div>
  );
}

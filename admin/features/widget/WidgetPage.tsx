import { Show } from 'solid-js';
import { MAX_GREETING_LENGTH, MAX_LAUNCHER_TEXT_LENGTH } from '../../../protocol/limits.ts';
import type {
  HumanCheckSetting,
  WidgetLook,
  WidgetSettingsRecord,
} from '../../../protocol/widget/widget-settings.ts';
import styles from '../../components/editor.module.css';
import { Field } from '../../components/fields/Field.tsx';
import { SelectField } from '../../components/fields/SelectField.tsx';
import { TextAreaField } from '../../components/fields/TextAreaField.tsx';
import { FormNotes, SaveBar } from '../../components/SaveBar.tsx';
import { Section, WhenLoaded } from '../../components/Section.tsx';
import { createForm } from '../../lib/form.ts';
import { t } from '../../texts/settings.ts';
import { changeSettings } from '../settings/api.ts';
import { useSettings } from '../settings/settings.ts';
import { AccentField } from './AccentField.tsx';
import { isColor } from './contrast.ts';
import { EmbedLine } from './EmbedLine.tsx';
import { visibleDepartments } from './preview-message.ts';
import { WidgetPreview } from './WidgetPreview.tsx';

/** The settings page for the widget: installation, look, texts and allowed websites. */
export function WidgetPage() {
  const { settings } = useSettings();
  return (
    <Section wide title={t.sections.widget} text={t.widget.text}>
      <WhenLoaded of={settings} what={t.what.settings}>
        {(value) => (
          <>
            <EmbedLine settings={value()} />
            <Editor settings={value()} />
          </>
        )}
      </WhenLoaded>
    </Section>
  );
}

type Draft = {
  accent: string;
  greeting: string;
  locale: string;
  origins: string;
  theme: WidgetLook['theme'];
  position: WidgetLook['position'];
  launcher: WidgetLook['launcher'];
  launcherText: string;
  fileMegabytes: string;
  humanCheck: HumanCheckSetting;
};

const THEMES = ['auto', 'light', 'dark'] as const;
const SIDES = ['', 'right', 'left'] as const;
const LAUNCHERS = ['icon', 'text'] as const;
const CHECKED = ['suspicion', 'always'] as const;

/** The choices of a list, with their texts. */
const choicesOf = <Value extends string>(
  values: readonly Value[],
  label: (value: Value) => string,
) => values.map((value) => ({ value, label: label(value) }));

/** The chosen value with the type of the list. */
const chosen = <Value extends string>(
  choices: readonly Value[],
  value: string,
): Value | undefined => choices.find((choice) => choice === value);

const toDraft = (settings: WidgetSettingsRecord): Draft => ({
  accent: settings.accent ?? '',
  greeting: settings.greeting ?? '',
  locale: settings.locale,
  origins: settings.allowed_origins.join('\n'),
  theme: settings.theme,
  position: settings.position,
  launcher: settings.launcher,
  launcherText: settings.launcher_text ?? '',
  fileMegabytes: settings.visitor_file_megabytes?.toString() ?? '',
  humanCheck: settings.human_check,
});

const isSame = (a: Draft, b: Draft) => JSON.stringify(a) === JSON.stringify(b);

const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '');

function Editor(props: { settings: WidgetSettingsRecord }) {
  const { settings, departments } = useSettings();
  const shown = () => visibleDepartments(departments.value() ?? []);
  const form = createForm<Draft>({
    saved: () => toDraft(props.settings),
    isSame,
    check: ({ accent, fileMegabytes }) => ({
      ...(accent !== '' && !isColor(accent) && { accent: t.widget.accentWrong }),
      ...(!/^\d*$/.test(fileMegabytes.trim()) && {
        visitorFileMegabytes: t.widget.filesWrong,
      }),
    }),
    async save({ accent, greeting, locale, origins, fileMegabytes, ...look }) {
      const megabytes = fileMegabytes.trim();
      const answer = await changeSettings({
        ...look,
        accent: accent || null,
        greeting,
        locale: locale.trim(),
        allowedOrigins: linesOf(origins),
        visitorFileMegabytes: megabytes === '' ? null : Number(megabytes),
      });
      settings.put(answer.settings, answer.version);
      return toDraft(answer.settings);
    },
  });
  const { draft, setDraft, problems } = form;

  /** The errors of the origins, each with the text of its line. */
  const wrongOrigins = () => {
    const lines = linesOf(draft.origins);
    return Object.entries(problems())
      .filter(([path]) => path.startsWith('allowedOrigins'))
      .map(([path, text]) => {
        const line = lines[Number(path.split('.')[1])];
        return line ? `${line.trim()}: ${text}` : text;
      })
      .join(' ');
  };

  return (
    <div class={styles.columns}>
      <form ref={form.ref} class={styles.form} onSubmit={form.submit} noValidate>
        <FormNotes form={form} />
        <AccentField
          value={draft.accent}
          error={problems().accent}
          onInput={(accent) => setDraft('accent', accent)}
        />
        <SelectField
          label={t.widget.theme}
          value={draft.theme}
          choices={choicesOf(THEMES, (theme) => t.widget.themes[theme])}
          onChoose={(value) => setDraft('theme', chosen(THEMES, value) ?? 'auto')}
        />
        <SelectField
          label={t.widget.position}
          value={draft.position ?? ''}
          choices={choicesOf(SIDES, (side) => t.widget.positions[side || 'auto'])}
          onChoose={(value) => setDraft('position', chosen(SIDES, value) || null)}
        />
        <SelectField
          label={t.widget.launcher}
          value={draft.launcher}
          choices={choicesOf(LAUNCHERS, (launcher) => t.widget.launchers[launcher])}
          onChoose={(value) => setDraft('launcher', chosen(LAUNCHERS, value) ?? 'icon')}
        />
        <Show when={draft.launcher !== 'icon'}>
          <Field
            label={t.widget.launcherText}
            data-max={MAX_LAUNCHER_TEXT_LENGTH}
            value={draft.launcherText}
            error={problems().launcherText}
            onInput={(event) => setDraft('launcherText', event.currentTarget.value)}
          />
        </Show>
        <TextAreaField
          label={t.widget.greeting}
          hint={t.widget.greetingHint}
          rows="2"
          data-max={MAX_GREETING_LENGTH}
          value={draft.greeting}
          error={problems().greeting}
          onInput={(event) => setDraft('greeting', event.currentTarget.value)}
        />
        <Field
          label={t.widget.language}
          hint={t.widget.languageHint}
          maxlength={35}
          value={draft.locale}
          error={problems().locale}
          onInput={(event) => setDraft('locale', event.currentTarget.value)}
        />
        <Field
          label={t.widget.files}
          hint={t.widget.filesHint}
          inputmode="numeric"
          value={draft.fileMegabytes}
          error={problems().visitorFileMegabytes}
          onInput={(event) => setDraft('fileMegabytes', event.currentTarget.value)}
        />
        <TextAreaField
          label={t.widget.origins}
          hint={t.widget.originsHint}
          spellcheck={false}
          value={draft.origins}
          error={wrongOrigins() || undefined}
          onInput={(event) => setDraft('origins', event.currentTarget.value)}
        />
        <Show when={props.settings.human_check_available}>
          <SelectField
            label={t.widget.check}
            value={draft.humanCheck}
            choices={choicesOf(CHECKED, (checked) => t.widget.checked[checked])}
            onChoose={(value) => setDraft('humanCheck', chosen(CHECKED, value) ?? 'suspicion')}
          />
        </Show>
        <SaveBar form={form} />
      </form>
      <WidgetPreview look={draft} departments={shown()} />
    </div>
  );
}

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
    <Section
      wide
      title="Widget"
      text="How the chat looks on your website, and where it can appear."
    >
      <WhenLoaded of={settings} what="settings">
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

const THEMES = [
  { value: 'auto', label: 'Match visitor’s system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

const SIDES = [
  { value: '', label: 'Automatic (right; left for right-to-left languages)' },
  { value: 'right', label: 'Right' },
  { value: 'left', label: 'Left' },
] as const;

const LAUNCHERS = [
  { value: 'icon', label: 'Icon' },
  { value: 'text', label: 'Icon and text' },
] as const;

const CHECKED = [
  { value: 'suspicion', label: 'Suspicious visitors' },
  { value: 'always', label: 'Everyone' },
] as const;

/** The chosen value with the type of the list. */
const chosen = <Value extends string>(
  choices: readonly { value: Value }[],
  value: string,
): Value | undefined => choices.find((choice) => choice.value === value)?.value;

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
      ...(accent !== '' && !isColor(accent) && { accent: 'Enter a colour like #2f5bd7.' }),
      ...(!/^\d*$/.test(fileMegabytes.trim()) && {
        visitorFileMegabytes: 'Enter a whole number, or leave it empty.',
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
          label="Theme"
          value={draft.theme}
          choices={THEMES}
          onChoose={(value) => setDraft('theme', chosen(THEMES, value) ?? 'auto')}
        />
        <SelectField
          label="Position"
          value={draft.position ?? ''}
          choices={SIDES}
          onChoose={(value) => setDraft('position', chosen(SIDES, value) || null)}
        />
        <SelectField
          label="Button"
          value={draft.launcher}
          choices={LAUNCHERS}
          onChoose={(value) => setDraft('launcher', chosen(LAUNCHERS, value) ?? 'icon')}
        />
        <Show when={draft.launcher !== 'icon'}>
          <Field
            label="Button text"
            data-max={MAX_LAUNCHER_TEXT_LENGTH}
            value={draft.launcherText}
            error={problems().launcherText}
            onInput={(event) => setDraft('launcherText', event.currentTarget.value)}
          />
        </Show>
        <TextAreaField
          label="Greeting"
          hint="Shown above the teams. Leave empty for Foyer’s greeting."
          rows="2"
          data-max={MAX_GREETING_LENGTH}
          value={draft.greeting}
          error={problems().greeting}
          onInput={(event) => setDraft('greeting', event.currentTarget.value)}
        />
        <Field
          label="Language"
          hint="A language tag like en or pt-BR. Used when the widget isn’t available in the visitor’s language."
          maxlength={35}
          value={draft.locale}
          error={problems().locale}
          onInput={(event) => setDraft('locale', event.currentTarget.value)}
        />
        <Field
          label="Files per visitor and day (MB)"
          hint="Leave empty for the installation’s limit (100 unless its operator changed it)."
          inputmode="numeric"
          value={draft.fileMegabytes}
          error={problems().visitorFileMegabytes}
          onInput={(event) => setDraft('fileMegabytes', event.currentTarget.value)}
        />
        <TextAreaField
          label="Allowed websites"
          hint="One per line, like https://shop.example (www counts separately). Leave empty to allow any site. Changes take up to a minute."
          spellcheck={false}
          value={draft.origins}
          error={wrongOrigins() || undefined}
          onInput={(event) => setDraft('origins', event.currentTarget.value)}
        />
        <Show when={props.settings.human_check_available}>
          <SelectField
            label="Human check before a conversation"
            value={draft.humanCheck}
            choices={CHECKED}
            onChoose={(value) => setDraft('humanCheck', chosen(CHECKED, value) ?? 'suspicion')}
          />
        </Show>
        <SaveBar form={form} />
      </form>
      <WidgetPreview look={draft} departments={shown()} />
    </div>
  );
}

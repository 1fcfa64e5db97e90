import { Show } from 'solid-js';
import { MAX_AUTO_CLOSE_MESSAGE_LENGTH } from '../../../protocol/limits.ts';
import type { WidgetSettingsRecord } from '../../../protocol/widget/widget-settings.ts';
import styles from '../../components/editor.module.css';
import { CheckField } from '../../components/fields/CheckField.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { SelectField } from '../../components/fields/SelectField.tsx';
import { TextAreaField } from '../../components/fields/TextAreaField.tsx';
import { FormNotes, SaveBar } from '../../components/SaveBar.tsx';
import { Section, WhenLoaded } from '../../components/Section.tsx';
import { createForm } from '../../lib/form.ts';
import { changeSettings } from '../settings/api.ts';
import { useSettings } from '../settings/settings.ts';
import { type Draft, inWords, isSame, readHours, toDraft } from './draft.ts';

/**
 * Sets when conversations close automatically, the message to the visitor, and what the visitor's
 * next message does.
 */
export function AutoClosePage() {
  const { settings } = useSettings();
  return (
    <Section
      title="Closing"
      text="Close conversations automatically when the visitor doesn’t reply."
    >
      <WhenLoaded of={settings} what="settings">
        {(value) => <Editor settings={value()} />}
      </WhenLoaded>
    </Section>
  );
}

const NEXT = [
  { value: 'reopen', label: 'Reopens the conversation' },
  { value: 'new', label: 'Starts a new conversation' },
] as const;

function Editor(props: { settings: WidgetSettingsRecord }) {
  const { settings } = useSettings();
  const form = createForm<Draft>({
    saved: () => toDraft(props.settings),
    isSame,
    check({ isOn, hours }) {
      const read = readHours(hours);
      return isOn && 'problem' in read ? { autoCloseHours: read.problem } : {};
    },
    async save({ isOn, hours, message, reopens }) {
      const read = readHours(hours);
      const answer = await changeSettings({
        autoCloseHours: isOn && 'hours' in read ? read.hours : null,
        autoCloseMessage: message,
        autoCloseReopens: reopens,
      });
      settings.put(answer.settings, answer.version);
      return toDraft(answer.settings);
    },
  });
  const { draft, setDraft, problems } = form;

  const time = () => {
    const read = readHours(draft.hours);
    return 'hours' in read ? inWords(read.hours) : null;
  };

  return (
    <form ref={form.ref} class={styles.form} onSubmit={form.submit} noValidate>
      <FormNotes form={form} />
      <CheckField
        label="Close conversations when the visitor doesn’t reply"
        hint="Only when your team sent the last message. Snoozed conversations and conversations waiting for an agent stay open."
        checked={draft.isOn}
        onChange={(isOn) => setDraft('isOn', isOn)}
      />
      <Show
        when={draft.isOn}
        fallback={
          <p class={styles.hint}>
            Off. You can still turn it on for a department on its page. The message and the option
            below apply there too.
          </p>
        }
      >
        <Field
          label="Hours without a reply"
          hint={`${time() ? `That’s ${time()}. ` : ''}You can set a different time for a department on its page.`}
          inputmode="numeric"
          required
          value={draft.hours}
          error={problems().autoCloseHours}
          onInput={(event) => setDraft('hours', event.currentTarget.value)}
        />
      </Show>
      <TextAreaField
        label="Message to the visitor"
        hint="Sent from your organization just before closing. Leave empty to send nothing."
        rows="3"
        data-max={MAX_AUTO_CLOSE_MESSAGE_LENGTH}
        value={draft.message}
        error={problems().autoCloseMessage}
        onInput={(event) => setDraft('message', event.currentTarget.value)}
      />
      <SelectField
        label="The visitor’s next message"
        value={draft.reopens ? 'reopen' : 'new'}
        choices={NEXT}
        onChoose={(value) => setDraft('reopens', value === 'reopen')}
      />
      <SaveBar form={form} />
    </form>
  );
}

import { createEffect, createMemo, createSignal, on, Show } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import { MAX_AUTO_CLOSE_MESSAGE_LENGTH } from '../../../protocol/limits.ts';
import type { WidgetSettingsRecord } from '../../../protocol/widget/widget-settings.ts';
import { Button } from '../../components/Button.tsx';
import styles from '../../components/editor.module.css';
import { CheckField } from '../../components/fields/CheckField.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { SelectField } from '../../components/fields/SelectField.tsx';
import { TextAreaField } from '../../components/fields/TextAreaField.tsx';
import lists from '../../components/lists.module.css';
import { Section, WhenLoaded } from '../../components/Section.tsx';
import { createSaving } from '../../lib/saving.ts';
import { showToast } from '../../lib/toasts.ts';
import { warnBeforeLeaving } from '../../lib/unsaved-changes.ts';
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
  const saved = createMemo(() => toDraft(props.settings), undefined, { equals: isSame });
  const [base, setBase] = createSignal(saved());
  const [draft, setDraft] = createStore<Draft>({ ...saved() });
  const [hoursProblem, setHoursProblem] = createSignal<string>();
  const saving = createSaving();
  let form: HTMLFormElement | undefined;

  const changed = createMemo(() => !isSame({ ...draft }, base()));
  warnBeforeLeaving(changed);

  function reset(to: Draft = saved()): void {
    setBase(to);
    setDraft(reconcile({ ...to }));
    setHoursProblem(undefined);
  }
  // Follows the changes of others until it is edited.
  createEffect(on(saved, () => changed() || saving.busy() || reset(), { defer: true }));

  const time = () => {
    const read = readHours(draft.hours);
    return 'hours' in read ? inWords(read.hours) : null;
  };
  const error = () => hoursProblem() ?? saving.problems().autoCloseHours;

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const read = readHours(draft.hours);
    setHoursProblem(draft.isOn && 'problem' in read ? read.problem : undefined);
    const isSaved =
      hoursProblem() === undefined &&
      (await saving.run(async () => {
        const answer = await changeSettings({
          autoCloseHours: draft.isOn && 'hours' in read ? read.hours : null,
          autoCloseMessage: draft.message,
          autoCloseReopens: draft.reopens,
        });
        reset(toDraft(answer));
        await settings.load();
      }));
    if (isSaved) showToast({ tone: 'plain', text: 'Settings saved.' });
    else form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  return (
    <form ref={form} class={styles.form} onSubmit={save} noValidate>
      <div class={lists.alert} role="alert">
        <Show when={saving.refusal()}>
          {(text) => <p class={lists.refusal}>Not saved. {text()}</p>}
        </Show>
      </div>
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
          error={error()}
          onInput={(event) => setDraft('hours', event.currentTarget.value)}
        />
      </Show>
      <TextAreaField
        label="Message to the visitor"
        hint="Sent from your organization just before closing. Leave empty to send nothing."
        rows="3"
        data-max={MAX_AUTO_CLOSE_MESSAGE_LENGTH}
        value={draft.message}
        error={saving.problems().autoCloseMessage}
        onInput={(event) => setDraft('message', event.currentTarget.value)}
      />
      <SelectField
        label="The visitor’s next message"
        value={draft.reopens ? 'reopen' : 'new'}
        choices={NEXT}
        onChoose={(value) => setDraft('reopens', value === 'reopen')}
      />
      <div class={styles.bar}>
        <Button type="submit" look="primary" busy={saving.busy()} disabled={!changed()}>
          {saving.busy() ? 'Saving…' : 'Save'}
        </Button>
        <Show when={changed()}>
          <Button look="quiet" disabled={saving.busy()} onClick={() => reset()}>
            Discard changes
          </Button>
        </Show>
      </div>
    </form>
  );
}

import { For, Show } from 'solid-js';
import { reconcile, unwrap } from 'solid-js/store';
import {
  MAX_DESCRIPTION_LENGTH,
  MAX_GREETING_LENGTH,
  MAX_NAME_LENGTH,
} from '../../../protocol/limits.ts';
import type { DepartmentRecord } from '../../../protocol/resources/department.ts';
import type { WidgetSettingsRecord } from '../../../protocol/widget/widget-settings.ts';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { TextAreaField } from '../../components/fields/TextAreaField.tsx';
import lists from '../../components/lists.module.css';
import { Message } from '../../components/Message.tsx';
import { FormNotes, SaveBar } from '../../components/SaveBar.tsx';
import { createForm } from '../../lib/form.ts';
import { t } from '../../texts/settings.ts';
import { changeDepartment } from '../departments/api.ts';
import { changeSettings } from '../settings/api.ts';
import { useSettings } from '../settings/settings.ts';
import { progressOf, toDraft, toLanguageDraft, withOriginals, withTexts } from './draft.ts';
import styles from './TranslationsPage.module.css';

/** The organization's own texts in one language. */
export function LanguageEditor(props: {
  tag: string;
  settings: WidgetSettingsRecord;
  departments: DepartmentRecord[];
}) {
  const { settings, departments } = useSettings();
  const savedDraft = () => toLanguageDraft(props, props.tag);
  const form = createForm({
    saved: savedDraft,
    isSame: (a, b) => JSON.stringify(a) === JSON.stringify(b),
    /** Each department is saved with its own request. What was saved before a failure stays saved. */
    async save({ greeting, departments: texts }) {
      try {
        const { [props.tag]: before, ...others } = props.settings.translations;
        if ((before?.greeting ?? '') !== greeting) {
          const greetings = greeting.trim() ? { [props.tag]: { greeting } } : {};
          const answer = await changeSettings({ translations: { ...others, ...greetings } });
          settings.put(answer.settings, answer.version);
        }
        for (const department of props.departments) {
          const departmentTexts = texts[department.id];
          if (
            !departmentTexts ||
            JSON.stringify(departmentTexts) === JSON.stringify(toDraft(department, props.tag))
          )
            continue;
          const translations = withTexts(department.translations, props.tag, departmentTexts);
          const answer = await changeDepartment(department.id, { translations });
          departments.put(answer.department, answer.version);
        }
      } finally {
        form.rebase();
      }
      return savedDraft();
    },
  });
  const { draft, setDraft, problems } = form;
  const copyOriginals = () =>
    setDraft(reconcile(withOriginals(structuredClone(unwrap(draft)), props)));

  return (
    <form ref={form.ref} class={styles.form} lang={props.tag} noValidate onSubmit={form.submit}>
      <FormNotes form={form} />
      <Show when={Object.values(problems())[0]}>
        {(text) => <p class={lists.refusal}>{text()}</p>}
      </Show>
      <Show when={props.settings.greeting}>
        {(greeting) => (
          <TextAreaField
            label={t.widget.greeting}
            hint={greeting()}
            rows="2"
            data-max={MAX_GREETING_LENGTH}
            value={draft.greeting}
            onInput={(event) => setDraft('greeting', event.currentTarget.value)}
          />
        )}
      </Show>
      <Show
        when={props.departments.length > 0}
        fallback={
          <Message icon="folder" title={t.departments.empty} text={t.translations.noDepartments} />
        }
      >
        <For each={props.departments}>
          {(department) => {
            const texts = () => draft.departments[department.id] ?? toDraft(department, props.tag);
            const progress = () => progressOf(department, texts());
            return (
              <fieldset class={styles.department}>
                <legend class={styles.legend} dir="auto">
                  {department.name}
                </legend>
                <p class={styles.progress}>
                  {t.translations.progress(progress().written, progress().of)}
                </p>
                <Field
                  label={t.name}
                  placeholder={department.name}
                  data-max={MAX_NAME_LENGTH}
                  value={texts().name}
                  onInput={(event) =>
                    setDraft('departments', department.id, 'name', event.currentTarget.value)
                  }
                />
                <Show when={department.description}>
                  {(description) => (
                    <Field
                      label={t.departments.description}
                      placeholder={description()}
                      data-max={MAX_DESCRIPTION_LENGTH}
                      value={texts().description}
                      onInput={(event) =>
                        setDraft(
                          'departments',
                          department.id,
                          'description',
                          event.currentTarget.value,
                        )
                      }
                    />
                  )}
                </Show>
                <For each={department.pre_chat_fields}>
                  {(field) => (
                    <div class={styles.field}>
                      <Field
                        label={t.translations.formField(field.label)}
                        placeholder={field.label}
                        data-max={MAX_NAME_LENGTH}
                        value={texts().fields[field.id]?.label ?? ''}
                        onInput={(event) =>
                          setDraft(
                            'departments',
                            department.id,
                            'fields',
                            field.id,
                            'label',
                            event.currentTarget.value,
                          )
                        }
                      />
                      <For each={field.options}>
                        {(option, index) => (
                          <Field
                            label={t.translations.option(option)}
                            placeholder={option}
                            data-max={MAX_NAME_LENGTH}
                            value={texts().fields[field.id]?.options[index()] ?? ''}
                            onInput={(event) =>
                              setDraft(
                                'departments',
                                department.id,
                                'fields',
                                field.id,
                                'options',
                                index(),
                                event.currentTarget.value,
                              )
                            }
                          />
                        )}
                      </For>
                    </div>
                  )}
                </For>
              </fieldset>
            );
          }}
        </For>
      </Show>
      <SaveBar form={form}>
        <Button look="quiet" disabled={form.busy()} onClick={copyOriginals}>
          {t.translations.fill}
        </Button>
      </SaveBar>
    </form>
  );
}

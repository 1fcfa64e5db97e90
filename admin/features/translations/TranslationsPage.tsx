import { createEffect, createSignal, For, Show } from 'solid-js';
import {
  MAX_DESCRIPTION_LENGTH,
  MAX_GREETING_LENGTH,
  MAX_NAME_LENGTH,
} from '../../../protocol/limits.ts';
import type { DepartmentRecord } from '../../../protocol/resources/department.ts';
import type { WidgetSettingsRecord } from '../../../protocol/widget/widget-settings.ts';
import { Field } from '../../components/fields/Field.tsx';
import { SelectField } from '../../components/fields/SelectField.tsx';
import { TextAreaField } from '../../components/fields/TextAreaField.tsx';
import lists from '../../components/lists.module.css';
import { Message } from '../../components/Message.tsx';
import { FormNotes, SaveBar } from '../../components/SaveBar.tsx';
import { Section, WhenLoaded } from '../../components/Section.tsx';
import { createForm } from '../../lib/form.ts';
import { changeDepartment } from '../departments/api.ts';
import { changeSettings } from '../settings/api.ts';
import { useSettings } from '../settings/settings.ts';
import { progressOf, toDraft, withTexts } from './draft.ts';
import { isSameLanguage, LANGUAGES, languageName } from './languages.ts';
import styles from './TranslationsPage.module.css';

/** Translations of the organization's own texts. */
export function TranslationsPage() {
  const { settings, departments } = useSettings();
  return (
    <Section
      title="Translations"
      text="The widget is already translated. Add translations for your own texts: the greeting, departments and their forms. Anything left empty shows the original."
    >
      <WhenLoaded of={settings} what="settings">
        {(widget) => (
          <WhenLoaded of={departments} what="departments">
            {(all) => (
              <Languages
                settings={widget()}
                departments={all().filter(({ archived_at }) => archived_at === null)}
              />
            )}
          </WhenLoaded>
        )}
      </WhenLoaded>
    </Section>
  );
}

function Languages(props: { settings: WidgetSettingsRecord; departments: DepartmentRecord[] }) {
  const offered = LANGUAGES.filter((tag) => !isSameLanguage(tag, props.settings.locale));
  const used = () =>
    offered.find((tag) => props.departments.some(({ translations }) => tag in translations));
  const [tag, setTag] = createSignal<string>(used() ?? offered[0] ?? 'en');
  const [changed, setChanged] = createSignal(false);
  return (
    <>
      <SelectField
        label="Language"
        value={tag()}
        choices={offered.map((value) => ({ value, label: languageName(value) }))}
        onChoose={(value) => {
          if (changed() && !confirm('Leave this language without saving?')) return;
          setChanged(false);
          setTag(value);
        }}
      />
      <Show when={tag()} keyed>
        {(texts) => (
          <Editor
            tag={texts}
            settings={props.settings}
            departments={props.departments}
            onChanged={setChanged}
          />
        )}
      </Show>
    </>
  );
}

function Editor(props: {
  tag: string;
  settings: WidgetSettingsRecord;
  departments: DepartmentRecord[];
  onChanged(changed: boolean): void;
}) {
  const { settings, departments } = useSettings();
  const savedDraft = () => ({
    greeting: props.settings.translations[props.tag]?.greeting ?? '',
    departments: Object.fromEntries(
      props.departments.map((department) => [department.id, toDraft(department, props.tag)]),
    ),
  });
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
  createEffect(() => props.onChanged(form.changed()));

  return (
    <form ref={form.ref} class={styles.form} lang={props.tag} noValidate onSubmit={form.submit}>
      <FormNotes form={form} />
      <Show when={Object.values(problems())[0]}>
        {(text) => <p class={lists.refusal}>{text()}</p>}
      </Show>
      <Show when={props.settings.greeting}>
        {(greeting) => (
          <TextAreaField
            label="Greeting"
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
          <Message
            icon="folder"
            title="No departments"
            text="Add a department to translate its name and form."
          />
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
                  {progress().written} of {progress().of} texts
                </p>
                <Field
                  label="Name"
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
                      label="Description"
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
                        label={`Form: ${field.label}`}
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
                            label={`Option: ${option}`}
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
      <SaveBar form={form} />
    </form>
  );
}

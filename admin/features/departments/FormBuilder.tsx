import { For, Show } from 'solid-js';
import { produce, type SetStoreFunction } from 'solid-js/store';
import { MAX_FORM_FIELDS, MAX_NAME_LENGTH } from '../../../protocol/limits.ts';
import type { PreChatField } from '../../../protocol/resources/department.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import styles from '../../components/editor.module.css';
import { CheckField } from '../../components/fields/CheckField.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { SelectField } from '../../components/fields/SelectField.tsx';
import { TextAreaField } from '../../components/fields/TextAreaField.tsx';
import lists from '../../components/lists.module.css';
import { announce } from '../../lib/announce.ts';
import { t } from '../../texts/settings.ts';
import { type Draft, type DraftField, moved, newField, TYPES } from './draft.ts';
import own from './FormBuilder.module.css';

/** Edits the pre-chat form of a department: its fields, their order and types. */
export function FormBuilder(props: {
  draft: Draft;
  setDraft: SetStoreFunction<Draft>;
  problems: Record<string, string>;
}) {
  let group: HTMLFieldSetElement | undefined;
  const labels = () => group?.querySelectorAll<HTMLInputElement>('[data-label]') ?? [];

  function add(): void {
    // The first fields are name and e-mail, which are also saved to the customer.
    const usedTypes = new Set(props.draft.fields.map(({ type }) => type));
    const type =
      (['name', 'email'] as const).find((candidate) => !usedTypes.has(candidate)) ?? 'text';
    props.setDraft('fields', props.draft.fields.length, newField(type));
    const label = [...labels()].at(-1);
    // Not every browser moves the focus with the selection.
    label?.focus();
    label?.select();
  }

  function remove(index: number): void {
    props.setDraft('fields', (fields) => fields.filter((_, at) => at !== index));
    announce(t.form.removed(index + 1));
    const next = labels()[Math.min(index, props.draft.fields.length - 1)];
    (next ?? group?.querySelector<HTMLElement>('[data-add]'))?.focus();
  }

  function move(index: number, step: -1 | 1, button: HTMLButtonElement): void {
    props.setDraft('fields', (fields) => moved(fields, index, step));
    announce(t.form.moved(index + 1, index + step + 1));
    const row = button.closest('li');
    if (button.disabled) row?.querySelector<HTMLElement>('button:not([disabled])')?.focus();
    else button.focus();
  }

  const edit = (index: number, change: (field: DraftField) => void) =>
    props.setDraft('fields', index, produce(change));

  return (
    <fieldset ref={group} class={styles.group}>
      <legend class={styles.legend}>{t.form.title}</legend>
      <p class={styles.hint}>{t.form.text}</p>
      <Show when={props.problems.preChatFields}>
        {(text) => <p class={styles.error}>{text()}</p>}
      </Show>
      <ol class={own.fields}>
        <For each={props.draft.fields}>
          {(field, index) => (
            <li class={own.field} aria-label={t.form.field(index() + 1)}>
              <div class={own.line}>
                <Field
                  label={t.form.label}
                  labelHidden
                  placeholder={t.form.label}
                  data-label
                  data-max={MAX_NAME_LENGTH}
                  value={field.label}
                  error={props.problems[`${field.key}.label`]}
                  onInput={(event) => {
                    const { value } = event.currentTarget;
                    edit(index(), (draftField) => {
                      draftField.label = value;
                    });
                  }}
                />
                <SelectField
                  label={t.form.type}
                  labelHidden
                  value={field.type}
                  choices={TYPES.map((value) => ({ value, label: t.form.types[value] }))}
                  onChoose={(value) =>
                    edit(index(), (draftField) => {
                      draftField.type = typeOf(value);
                    })
                  }
                />
                <CheckField
                  label={t.form.required}
                  checked={field.required}
                  onChange={(required) =>
                    edit(index(), (draftField) => {
                      draftField.required = required;
                    })
                  }
                />
                <div class={lists.actions}>
                  <IconButton
                    icon="chevron"
                    class={lists.up}
                    label={t.form.up(index() + 1)}
                    disabled={index() === 0}
                    onClick={(event) => move(index(), -1, event.currentTarget)}
                  />
                  <IconButton
                    icon="chevron"
                    label={t.form.down(index() + 1)}
                    disabled={index() === props.draft.fields.length - 1}
                    onClick={(event) => move(index(), 1, event.currentTarget)}
                  />
                  <IconButton
                    icon="close"
                    label={t.form.remove(index() + 1)}
                    onClick={() => remove(index())}
                  />
                </div>
              </div>
              <Show when={field.type === 'select'}>
                <TextAreaField
                  label={t.form.options}
                  value={field.choices}
                  error={props.problems[`${field.key}.options`]}
                  onInput={(event) => {
                    const { value } = event.currentTarget;
                    edit(index(), (draftField) => {
                      draftField.choices = value;
                    });
                  }}
                />
              </Show>
            </li>
          )}
        </For>
      </ol>
      <Show
        when={props.draft.fields.length < MAX_FORM_FIELDS}
        fallback={<p class={styles.hint}>{t.form.full(MAX_FORM_FIELDS)}</p>}
      >
        <div>
          <Button data-add onClick={add}>
            {t.form.add}
          </Button>
        </div>
      </Show>
    </fieldset>
  );
}

function typeOf(value: string): PreChatField['type'] {
  return TYPES.find((type) => type === value) ?? 'text';
}

import { createEffect, createSignal, Show, untrack } from 'solid-js';
import '../../../../protocol/client/input/field-limit.ts';
import { RequestError } from '../../../../protocol/client/http.ts';
import {
  MAX_CUSTOM_FIELD_LENGTH,
  MAX_EMAIL_LENGTH,
  MAX_NAME_LENGTH,
  MAX_PHONE_LENGTH,
} from '../../../../protocol/limits.ts';
import type { OpenDepartment, PreChatField } from '../../../../protocol/resources/department.ts';
import { keep, kept } from '../../state/keep.ts';
import { renew } from '../../state/lazy/renew.ts';
import { asRequestError, type Model } from '../../state/model.ts';
import { Each } from '../../ui/each.tsx';
import { Header } from '../../ui/header.tsx';
import { countdown } from '../../ui/lazy/problem.tsx';
import { fill, isGone, problemText, r } from '../../ui/lazy/texts.ts';
import ui from '../../ui/ui.module.css';
import controls from './controls.module.css';
import { type Answers, answerTo, complaint, refusals, refusedIds, renewed } from './form.ts';
import css from './pre-chat.module.css';

/** Not `type=email`: browsers change its value where a domain is not ASCII. */
const inputs = {
  name: { type: 'text', inputmode: 'text', autocomplete: 'name', longest: MAX_NAME_LENGTH },
  email: { type: 'text', inputmode: 'email', autocomplete: 'email', longest: MAX_EMAIL_LENGTH },
  phone: { type: 'tel', inputmode: 'tel', autocomplete: 'tel', longest: MAX_PHONE_LENGTH },
  text: { type: 'text', inputmode: 'text', autocomplete: 'on', longest: MAX_CUSTOM_FIELD_LENGTH },
} as const;

function Field(props: {
  field: PreChatField;
  value: string;
  error: string | undefined;
  set(value: string): void;
}) {
  const { field } = props;
  const id = `field-${field.id}`;
  const error = `${id}-error`;
  const wrong = () => props.error !== undefined;
  const input = (event: { currentTarget: { value: string } }) =>
    props.set(event.currentTarget.value);

  function control() {
    if (field.type === 'textarea') {
      return (
        <textarea
          id={id}
          dir="auto"
          data-max={MAX_CUSTOM_FIELD_LENGTH}
          required={field.required}
          aria-invalid={wrong()}
          aria-describedby={error}
          value={props.value}
          onInput={input}
        />
      );
    }
    if (field.type === 'select') {
      return (
        <select
          id={id}
          required={field.required}
          aria-invalid={wrong()}
          aria-describedby={error}
          onInput={input}
        >
          <option value="">{r.choose}</option>
          <Each of={field.options}>
            {(option) => <option selected={option === props.value}>{option}</option>}
          </Each>
        </select>
      );
    }
    const { type, inputmode, autocomplete, longest } = inputs[field.type];
    return (
      <input
        id={id}
        dir="auto"
        type={type}
        inputmode={inputmode}
        autocomplete={autocomplete}
        data-max={longest}
        required={field.required}
        aria-invalid={wrong()}
        aria-describedby={error}
        value={props.value}
        onInput={input}
      />
    );
  }

  return (
    <div class={css.field}>
      <label for={id} dir="auto">
        {field.label} <Show when={!field.required}>{<small>({r.optional})</small>}</Show>
      </label>
      {control()}
      <span class={css.error} id={error} role="alert">
        {props.error}
      </span>
    </div>
  );
}

function remembered(name: string): Answers {
  try {
    const value: unknown = JSON.parse(kept(name) || '{}');
    const entries = Object.entries(value ?? {}).map(([id, text]) => [id, `${text}`]);
    return Object.fromEntries(entries);
  } catch {
    return {};
  }
}

/** The form that a department shows before a conversation starts. Answers survive a reload (P9). */
export default function PreChatView(props: { model: Model; department: OpenDepartment }) {
  const { model } = props;
  const draft = `form:${props.department.id}`;
  const [department, setDepartment] = createSignal(props.department);
  const [fields, setFields] = createSignal<readonly PreChatField[]>(department().pre_chat_fields);
  const [answers, setAnswers] = createSignal<Answers>(remembered(draft));
  const [errors, setErrors] = createSignal<Answers>({});
  const [failed, setFailed] = createSignal<RequestError>();
  const [changed, setChanged] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  let form: HTMLFormElement | undefined;

  function set(id: string, value: string): void {
    setAnswers({ ...answers(), [id]: value });
    const { [id]: _, ...rest } = errors();
    setErrors(rest);
    keep(draft, JSON.stringify(answers()));
  }

  function show(errorTexts: Answers): void {
    setErrors(errorTexts);
    form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  /** Loads the current form; answers stay with their field ids. Returns false if the department is gone. */
  async function renewForm(): Promise<boolean> {
    await renew(model);
    return adopt();
  }

  /** Shows the form that the department has now, if it is there. */
  function adopt(): boolean {
    const now = model.departments().find(({ id }) => id === department().id);
    if (!now) return false;
    const next = renewed(fields(), now.pre_chat_fields);
    // Stays said until the visitor sends the form again: it is looked at after each load.
    if (next !== fields()) setChanged(true);
    setDepartment(now);
    setFields(next);
    return true;
  }
  createEffect(() => {
    model.departments();
    untrack(adopt);
  });

  async function refuse(error: RequestError): Promise<void> {
    const isForm = refusedIds(error).length > 0;
    if (!isForm && !isGone(error)) return void setFailed(error);
    // If the form cannot be loaded, it stays as it is.
    const isThere = await renewForm().catch(() => !isGone(error));
    const errorTexts = refusals(error, fields(), answers());
    if (!isThere || isGone(error)) setFailed(new RequestError(404, 'gone', error.message));
    else if (changed() || Object.keys(errorTexts)[0]) show(errorTexts);
    else setFailed(error);
  }

  async function submit(): Promise<void> {
    if (busy()) return;
    setFailed(undefined);
    setChanged(false);
    const errorTexts = fields().flatMap((field) => {
      const text = complaint(field, answers());
      return text ? [[field.id, text] as const] : [];
    });
    if (errorTexts.length > 0) return show(Object.fromEntries(errorTexts));
    setBusy(true);
    try {
      const filled = fields().map((field) => [field.id, answerTo(field, answers())]);
      await model.start(department(), Object.fromEntries(filled.filter(([, text]) => text)));
      keep(draft, '');
    } catch (error) {
      await refuse(asRequestError(error));
    }
    setBusy(false);
  }

  return (
    <>
      <Header
        title={department().name}
        back={() => model.go({ name: 'home' })}
        close={model.close}
      />
      <form
        ref={form}
        class={css.form}
        novalidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p class={`${ui.muted} ${css.hint}`}>{department().notice ?? r.formHint}</p>
        <Show when={changed()}>
          <p class={css.error} role="alert">
            {r.formChanged}
          </p>
        </Show>
        <Each of={fields()}>
          {(field) => (
            <Field
              field={field}
              value={answers()[field.id] ?? ''}
              error={errors()[field.id]}
              set={(value) => set(field.id, value)}
            />
          )}
        </Each>
        <Show when={failed()} keyed>
          {(error) => {
            const left = error.retryAfter && countdown(error.retryAfter, () => void submit());
            return (
              <p class={css.error} role="alert">
                {error.code === 'gone' ? r.gone : problemText(error.code)}{' '}
                {left && fill(r.retryIn, { count: left() })}
              </p>
            );
          }}
        </Show>
        <button type="submit" class={controls.primary} disabled={busy()}>
          {r.start}
        </button>
        <Show when={failed()?.code === 'gone'}>
          <button type="button" class={controls.plain} onClick={() => model.go({ name: 'home' })}>
            {r.change}
          </button>
        </Show>
      </form>
    </>
  );
}

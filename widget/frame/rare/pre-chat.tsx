import { createSignal, Show } from 'solid-js';
import type { RequestError } from '../../../protocol/client/http.ts';
import {
  MAX_CUSTOM_FIELD_LENGTH,
  MAX_EMAIL_LENGTH,
  MAX_NAME_LENGTH,
  MAX_PHONE_LENGTH,
} from '../../../protocol/limits.ts';
import type { OpenDepartment, PreChatField } from '../../../protocol/resources.ts';
import { keep, kept } from '../state/keep.ts';
import { asRequestError, type Model } from '../state/model.ts';
import { Each } from '../ui/each.tsx';
import { Header } from '../ui/header.tsx';
import ui from '../ui/ui.module.css';
import controls from './controls.module.css';
import css from './pre-chat.module.css';
import { countdown } from './problem.tsx';
import { fill, problemText, r } from './strings.ts';

const inputs = {
  name: { type: 'text', autocomplete: 'name', maxlength: MAX_NAME_LENGTH },
  email: { type: 'email', autocomplete: 'email', maxlength: MAX_EMAIL_LENGTH },
  phone: { type: 'tel', autocomplete: 'tel', maxlength: MAX_PHONE_LENGTH },
  text: { type: 'text', autocomplete: 'on', maxlength: MAX_CUSTOM_FIELD_LENGTH },
} as const;

type Answers = Record<string, string>;

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
          maxlength={MAX_CUSTOM_FIELD_LENGTH}
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
    const { type, autocomplete, maxlength } = inputs[field.type];
    return (
      <input
        id={id}
        dir="auto"
        type={type}
        autocomplete={autocomplete}
        maxlength={maxlength}
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

/** What a department asks before its conversation begins. Answers survive a reload (P9). */
export default function PreChatView(props: { model: Model; department: OpenDepartment }) {
  const { model, department } = props;
  const draft = `form:${department.id}`;
  const fields = department.pre_chat_fields;
  const [answers, setAnswers] = createSignal<Answers>(remembered(draft));
  const [errors, setErrors] = createSignal<Answers>({});
  const [failed, setFailed] = createSignal<RequestError>();
  const [busy, setBusy] = createSignal(false);
  let form: HTMLFormElement | undefined;
  const given = (field: PreChatField) => (answers()[field.id] ?? '').trim();

  function set(id: string, value: string): void {
    setAnswers({ ...answers(), [id]: value });
    const { [id]: _, ...rest } = errors();
    setErrors(rest);
    keep(draft, JSON.stringify(answers()));
  }

  function show(found: Answers): void {
    setErrors(found);
    form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  /** What is wrong with an answer, as far as the form can tell. */
  function complaint(field: PreChatField): string | undefined {
    const value = given(field);
    if (!value) return field.required ? r.required : undefined;
    if (field.type === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) return r.badEmail;
    return undefined;
  }

  /** The Worker's word on an answer that looked right here, in our own words where we have them. */
  function refusal(path: string, sentence: string): [id: string, text: string] {
    const id = path.replace('preChatData.', '');
    const type = fields.find((field) => field.id === id)?.type;
    if (type === 'email') return [id, r.badEmail];
    if (type === 'phone') return [id, r.badPhone];
    if (type === 'select') return [id, r.badChoice];
    return [id, sentence];
  }

  async function submit(): Promise<void> {
    const found = fields.flatMap((field) => {
      const text = complaint(field);
      return text ? [[field.id, text] as const] : [];
    });
    if (found.length > 0) return show(Object.fromEntries(found));
    setFailed(undefined);
    setBusy(true);
    try {
      const answered = fields.filter(given).map((field) => [field.id, given(field)]);
      await model.start(department, Object.fromEntries(answered));
      keep(draft, '');
    } catch (error) {
      const refused = asRequestError(error);
      const named = Object.entries(refused.fields ?? {}).map(([path, text]) => refusal(path, text));
      if (named.length > 0) show(Object.fromEntries(named));
      else setFailed(refused);
    }
    setBusy(false);
  }

  return (
    <>
      <Header title={department.name} back={() => model.go({ name: 'home' })} close={model.close} />
      <form
        ref={form}
        class={css.form}
        novalidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p class={ui.muted}>{fill(r.formHint, { department: department.name })}</p>
        <Each of={fields}>
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
                {problemText(error.code)} {left && fill(r.busy, { count: left() })}
              </p>
            );
          }}
        </Show>
        <button type="submit" class={controls.primary} disabled={busy()}>
          {r.start}
        </button>
      </form>
    </>
  );
}

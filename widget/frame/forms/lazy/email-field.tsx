import { createSignal, type JSX } from 'solid-js';
import { isEmail, trimEmail } from '../../../../protocol/text/email.ts';
import { asRequestError } from '../../state/model.ts';
import { problemText, r } from '../../ui/lazy/texts.ts';
import controls from './controls.module.css';
import css from './email-field.module.css';

/** A field for an e-mail address with a button, for answers and transcripts. */
export function EmailField(props: {
  value: string;
  submit: string;
  send(email: string): Promise<unknown>;
  children?: JSX.Element;
}) {
  const [problem, setProblem] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  let field: HTMLInputElement | undefined;

  async function send(): Promise<void> {
    const email = trimEmail(field?.value ?? '');
    if (!isEmail(email)) {
      setProblem(r.badEmail);
      field?.focus();
      return;
    }
    setProblem('');
    setBusy(true);
    try {
      await props.send(email);
    } catch (error) {
      const { code, fields } = asRequestError(error);
      setProblem(fields ? r.badEmail : problemText(code));
    }
    setBusy(false);
  }

  return (
    <form
      class={css.form}
      novalidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <input
        ref={field}
        class={css.field}
        type="text"
        inputmode="email"
        autocapitalize="none"
        spellcheck={false}
        autocomplete="email"
        dir="auto"
        aria-label={r.email}
        placeholder={r.email}
        aria-invalid={problem() !== ''}
        aria-describedby="email-problem"
        value={props.value}
      />
      <button type="submit" class={controls.primary} disabled={busy()}>
        {props.submit}
      </button>
      {props.children}
      <span class={css.error} id="email-problem" role="alert">
        {problem()}
      </span>
    </form>
  );
}

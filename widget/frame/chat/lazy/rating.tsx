import { createSignal, Show } from 'solid-js';
import '../../../../protocol/client/input/field-limit.ts';
import { MAX_RATING, MAX_RATING_COMMENT_LENGTH } from '../../../../protocol/limits.ts';
import { isEmpty } from '../../../../protocol/text/text.ts';
import controls from '../../forms/lazy/controls.module.css';
import type { LiveConversation } from '../../state/conversation.ts';
import { asRequestError, type Model } from '../../state/model.ts';
import { Each } from '../../ui/each.tsx';
import { problemText, r } from '../../ui/lazy/texts.ts';
import ui from '../../ui/ui.module.css';
import css from './rating.module.css';

const SCORES = Array.from({ length: MAX_RATING }, (_, index) => index + 1);
const label = (score: number) => Object.entries(r.scores)[score - 1]?.[1] ?? `${score}`;

/** The rating: five steps, saved with the first choice, and an optional comment. */
export function Rating(props: { model: Model; live: LiveConversation }) {
  const { model, live } = props;
  const saved = live.state().conversation?.rating;
  const [score, setScore] = createSignal(saved?.score ?? 0);
  const [comment, setComment] = createSignal(saved?.comment ?? '');
  const [hasComment, setHasComment] = createSignal(!!saved?.comment);
  const [failed, setFailed] = createSignal('');

  async function send(): Promise<boolean> {
    setFailed('');
    try {
      await model.session.call(`conversations/${live.id}/rating`, {
        method: 'PUT',
        body: { score: score(), comment: isEmpty(comment()) ? null : comment().trim() },
      });
      return true;
    } catch (error) {
      setFailed(problemText(asRequestError(error).code));
      return false;
    }
  }

  return (
    <form
      class={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        void send().then(setHasComment);
      }}
    >
      <fieldset class={css.scores}>
        <legend>{r.rateQuestion}</legend>
        <Each of={SCORES}>
          {(value) => (
            <label class={css.score} title={label(value)}>
              <input
                type="radio"
                name="score"
                class={ui.hidden}
                aria-label={label(value)}
                checked={score() === value}
                onChange={() => {
                  setScore(value);
                  void send();
                }}
              />
              <span aria-hidden="true">{value <= score() ? '★' : '☆'}</span>
            </label>
          )}
        </Each>
      </fieldset>
      <p class={css.error} role="alert">
        {failed()}
      </p>
      <Show when={score() > 0}>
        <Show
          when={!hasComment()}
          fallback={
            <p class={ui.muted} role="status">
              {r.thanks}
            </p>
          }
        >
          <textarea
            class={css.comment}
            dir="auto"
            rows="2"
            data-max={MAX_RATING_COMMENT_LENGTH}
            aria-label={r.rateComment}
            placeholder={r.rateComment}
            value={comment()}
            onInput={(event) => setComment(event.currentTarget.value)}
          />
          <button type="submit" class={controls.plain} disabled={isEmpty(comment())}>
            {r.send}
          </button>
        </Show>
      </Show>
    </form>
  );
}

import { onCleanup, onMount } from 'solid-js';
import type { OpenDepartment } from '../../../../protocol/resources/department.ts';
import controls from '../../forms/lazy/controls.module.css';
import type { Model, PickFailure } from '../../state/model.ts';
import Problem from '../../ui/lazy/problem.tsx';
import { isGone, r } from '../../ui/lazy/texts.ts';
import css from './pick-failed.module.css';

/**
 * Why a department could not be opened, above the departments. Of one that is no longer there the
 * list is asked for again, so that it offers what can be chosen.
 */
export function PickFailed(props: {
  model: Model;
  failure: PickFailure;
  retry(department: OpenDepartment): void;
}) {
  const { model, failure } = props;
  const gone = isGone(failure.error);
  // Without an answer the list stays as it is.
  onMount(() => gone && model.renew().catch(() => {}));
  onCleanup(() => model.failed() === failure && model.setFailed());
  return (
    <li class={`${controls.notice} ${css.first}`}>
      {gone ? (
        <p role="alert">{r.gone}</p>
      ) : (
        <Problem error={failure.error} retry={() => props.retry(failure.department)} />
      )}
    </li>
  );
}

import { onCleanup, onMount } from 'solid-js';
import type { OpenDepartment } from '../../../../protocol/resources/department.ts';
import controls from '../../forms/lazy/controls.module.css';
import { refusedIds } from '../../forms/lazy/form.ts';
import { renew } from '../../state/lazy/renew.ts';
import type { Model, PickFailure } from '../../state/model.ts';
import Problem from '../../ui/lazy/problem.tsx';
import { isGone, r } from '../../ui/lazy/texts.ts';
import css from './pick-failed.module.css';

/**
 * Why a department could not be opened, above the departments. If it is no longer available, loads the
 * list again.
 */
export function PickFailed(props: {
  model: Model;
  failure: PickFailure;
  retry(department: OpenDepartment): void;
}) {
  const { model, failure } = props;
  const isMissing = isGone(failure.error);
  // If the list cannot be loaded, it stays as it is.
  onMount(() => {
    if (!isMissing && !refusedIds(failure.error)[0]) return;
    renew(model).then(
      () => {
        // It has a form now: a department that closed asks for an address.
        const now = model.departments().find(({ id }) => id === failure.department.id);
        if (!isMissing && now?.pre_chat_fields[0]) props.retry(now);
      },
      () => {},
    );
  });
  onCleanup(() => model.failed() === failure && model.setFailed());
  return (
    <li class={`${controls.notice} ${css.first}`}>
      {isMissing ? (
        <p role="alert">{r.gone}</p>
      ) : (
        <Problem error={failure.error} retry={() => props.retry(failure.department)} />
      )}
    </li>
  );
}

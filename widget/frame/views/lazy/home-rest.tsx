import { createSignal, Show } from 'solid-js';
import type { OpenDepartment } from '../../../../protocol/resources/department.ts';
import controls from '../../forms/lazy/controls.module.css';
import type { Model } from '../../state/model.ts';
import { later } from '../../ui/later.tsx';
import { r } from '../../ui/lazy/texts.ts';
import ui from '../../ui/ui.module.css';
import { Card } from '../card.tsx';
import { PickFailed } from './pick-failed.tsx';

const ForgetBrowser = later(() => import('./forget-browser.tsx'));

/**
 * Home besides the departments: why one could not be opened, the text for no departments, earlier
 * conversations, and a button to forget this browser.
 */
export default function HomeRest(props: {
  model: Model;
  alone: boolean;
  retry(department: OpenDepartment): void;
}) {
  const { model } = props;
  const [forgetting, setForgetting] = createSignal(0);
  return (
    <>
      <Show when={model.failed()} keyed>
        {(failure) => <PickFailed model={model} failure={failure} retry={props.retry} />}
      </Show>
      <Show when={props.alone}>
        <li class={controls.notice}>{model.info()?.closed ?? r.noDepartments}</li>
      </Show>
      <Show when={model.hasEarlier()}>
        <Card
          avatar={
            <span class={ui.avatar}>
              <svg viewBox="0 0 24 24" aria-hidden="true">
                <path d="M12 7v5l3 2M3 12a9 9 0 1 1 18 0 9 9 0 0 1-18 0" />
              </svg>
            </span>
          }
          name={r.earlier}
          onPick={() => model.go({ name: 'history' })}
        />
        <li>
          <button
            type="button"
            class={controls.link}
            onClick={() => setForgetting(forgetting() + 1)}
          >
            {r.forget}
          </button>
          <Show when={forgetting()}>
            <ForgetBrowser model={model} opens={forgetting()} />
          </Show>
        </li>
      </Show>
    </>
  );
}

import { createSignal, Show } from 'solid-js';
import type { RequestError } from '../../../protocol/client/http.ts';
import type { OpenDepartment } from '../../../protocol/resources.ts';
import { asRequestError, type Model } from '../state/model.ts';
import { fill, t } from '../strings/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Each } from '../ui/each.tsx';
import { CloseButton } from '../ui/header.tsx';
import { Icon } from '../ui/icon.tsx';
import { later } from '../ui/later.tsx';
import ui from '../ui/ui.module.css';
import { Card } from './card.tsx';
import css from './home.module.css';

const Problem = later(() => import('../rare/problem.tsx'));
const Presence = later(() => import('../rare/presence.tsx'), true);

/** The greeting and the departments; with a conversation going on, also the way back to it. */
export function HomeView(props: { model: Model }) {
  const { model } = props;
  const [picking, setPicking] = createSignal(false);
  const [failed, setFailed] = createSignal<{ error: RequestError; department: OpenDepartment }>();
  // It is read while one chooses, and must not come before what a chat needs.
  const [settled, setSettled] = createSignal(false);
  setTimeout(setSettled, 800, true);
  const settings = () => model.info()?.settings;
  const departments = () =>
    model.info()?.departments.filter(({ id }) => id !== model.current()?.department.id) ?? [];

  async function pick(department: OpenDepartment): Promise<void> {
    setFailed(undefined);
    setPicking(true);
    try {
      await model.pick(department);
    } catch (error) {
      setFailed({ error: asRequestError(error), department });
    }
    setPicking(false);
  }

  return (
    <div class={css.home}>
      <div class={css.top}>
        <div class={css.bar}>
          <span dir="auto">{settings()?.organization.name}</span>
          <CloseButton close={model.close} />
        </div>
        <h1 tabindex="-1" dir="auto">
          {model.current() ? t.change : settings()?.greeting || t.hello}
        </h1>
        <p>
          <Show when={model.current()} fallback={t.pick}>
            {(live) => fill(t.changeHint, { department: live().department.name })}
          </Show>
        </p>
      </div>
      <Show when={failed()} keyed>
        {({ error, department }) => (
          <div class={`${css.list} ${css.empty}`}>
            <Problem error={error} retry={() => void pick(department)} />
          </div>
        )}
      </Show>
      <ul class={css.list} hidden={!!failed()}>
        <Show when={model.current()}>
          {(live) => (
            <Card
              picture={<Avatar name={live().department.name} />}
              name={live().department.name}
              note={t.resume}
              onPick={() => model.go({ name: 'chat' })}
            />
          )}
        </Show>
        <Show when={!model.current() && departments().length === 0}>
          <li class={css.empty}>{t.noDepartments}</li>
        </Show>
        <Each of={departments()}>
          {(department) => (
            <Card
              picture={<Avatar name={department.name} />}
              name={department.name}
              note={
                <>
                  {department.description}
                  <Show when={settled()}>
                    <Presence of={department} />
                  </Show>
                </>
              }
              disabled={picking()}
              onPick={() => void pick(department)}
            />
          )}
        </Each>
        <Show when={model.hasEarlier()}>
          <Card
            picture={
              <span class={ui.avatar}>
                <Icon name="clock" />
              </span>
            }
            name={t.earlier}
            onPick={() => model.go({ name: 'history' })}
          />
        </Show>
      </ul>
    </div>
  );
}

import { createSignal, type JSX, Show } from 'solid-js';
import type { OpenDepartment } from '../../../protocol/resources/department.ts';
import type { Model } from '../state/model.ts';
import { t } from '../strings/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Each } from '../ui/each.tsx';
import { CloseButton } from '../ui/header.tsx';
import { later } from '../ui/later.tsx';
import { Card } from './card.tsx';
import css from './home.module.css';

const HomeRest = later(() => import('./lazy/home-rest.tsx'));

/** Replaces the greeting and its hint, and adds a card above the departments. */
export type Instead = { title: string; hint: string; card: JSX.Element };

/** The greeting and the departments. */
export function HomeView(props: { model: Model; instead?: Instead }) {
  const { model, instead } = props;
  const [picking, setPicking] = createSignal(false);
  const settings = () => model.info()?.settings;
  const departments = () =>
    model.departments().filter(({ id }) => id !== model.current()?.department.id);

  async function pick(department: OpenDepartment): Promise<void> {
    setPicking(true);
    // The model has the error.
    await model.pick(department).catch(() => {});
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
          {instead?.title ?? (settings()?.greeting || t.hello)}
        </h1>
        <p>{instead?.hint ?? t.pick}</p>
      </div>
      <ul class={css.list}>
        {instead?.card}
        <Each of={departments()}>
          {(department) => (
            <Card
              avatar={<Avatar name={department.name} />}
              name={department.name}
              note={
                <>
                  {department.description}
                  <span class={/* @once */ department.online[0] ? css.here : css.away}>
                    {department.presence}
                  </span>
                </>
              }
              disabled={picking()}
              onPick={() => void pick(department)}
            />
          )}
        </Each>
        <Show when={model.hasEarlier() || model.failed() || !departments()[0]}>
          <HomeRest model={model} alone={!instead && !departments()[0]} retry={pick} />
        </Show>
      </ul>
    </div>
  );
}

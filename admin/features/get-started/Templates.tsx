import { A } from '@solidjs/router';
import { createSignal, For, Show } from 'solid-js';
import { Button } from '../../components/Button.tsx';
import lists from '../../components/lists.module.css';
import { createSaving } from '../../lib/saving.ts';
import { useLive } from '../../live/live.ts';
import { t } from '../../texts/start.ts';
import { changeDepartment, createDepartment } from '../departments/api.ts';
import { planOf, type Template, templates } from '../departments/templates.ts';
import styles from './GetStarted.module.css';

/** Adds departments that most websites have, each with its form. */
export default function Templates(props: { onAdded(): Promise<void> }) {
  const { directory } = useLive();
  const { departments } = directory.lists;
  const saving = createSaving();
  /** The id of the template that is being added. */
  const [adding, setAdding] = createSignal<string | null>(null);

  async function add(template: Template): Promise<void> {
    const plan = planOf(template, directory.departments());
    if (!plan) return;
    setAdding(template.id);
    await saving.run(async () => {
      const { department, version } =
        plan.id === null
          ? await createDepartment(plan.change)
          : await changeDepartment(plan.id, plan.change);
      departments.put(department, version);
      await props.onAdded();
    });
    setAdding(null);
  }

  return (
    <>
      <p class={styles.text}>{t.departments.text}</p>
      <div class={lists.alert} role="alert">
        <Show when={saving.refusal()}>{(text) => <p class={lists.refusal}>{text()}</p>}</Show>
      </div>
      <ul class={lists.list}>
        <For each={templates()}>
          {(template) => (
            <li class={lists.row}>
              <div class={lists.body}>
                <p class={lists.name} dir="auto">
                  {template.name}
                </p>
                <p class={lists.detail} dir="auto">
                  {template.fields.map(({ label }) => label).join(', ')}
                </p>
              </div>
              <Show
                when={departments.value() === null || planOf(template, directory.departments())}
                fallback={<span class={lists.tag}>{t.departments.added}</span>}
              >
                <Button
                  aria-label={t.departments.addOne(template.name)}
                  busy={adding() === template.id}
                  disabled={saving.busy() || departments.value() === null}
                  onClick={() => void add(template)}
                >
                  {t.departments.add}
                </Button>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <p class={styles.text}>
        <A class={styles.link} href="/settings/departments">
          {t.departments.edit}
        </A>
      </p>
    </>
  );
}

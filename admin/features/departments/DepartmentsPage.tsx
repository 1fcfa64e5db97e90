import { useNavigate } from '@solidjs/router';
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import type { DepartmentRecord } from '../../../protocol/resources/department.ts';
import { describeError } from '../../api/http.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { ListPage } from '../../components/list/ListPage.tsx';
import { Row, Rows } from '../../components/list/Rows.tsx';
import styles from '../../components/lists.module.css';
import { announce } from '../../lib/announce.ts';
import { showToast } from '../../lib/toasts.ts';
import { t } from '../../texts/settings.ts';
import { useSettings } from '../settings/settings.ts';
import { changeDepartment, orderDepartments } from './api.ts';
import { moved } from './draft.ts';

/** The departments, in the order that visitors see. */
export function DepartmentsPage() {
  const { departments } = useSettings();
  const navigate = useNavigate();
  /** The order that is being saved, shown until then. */
  const [pendingOrder, setPendingOrder] = createSignal<readonly string[] | null>(null);
  const all = () => departments.value() ?? [];
  const archived = () => all().filter((department) => department.archived_at !== null);
  const active = createMemo(() => {
    const open = all().filter((department) => department.archived_at === null);
    const ids = pendingOrder();
    return ids ? open.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)) : open;
  });

  async function move(index: number, step: -1 | 1, button: HTMLButtonElement): Promise<void> {
    const name = active()[index]?.name;
    const ids = moved(
      active().map(({ id }) => id),
      index,
      step,
    );
    setPendingOrder(ids);
    announce(t.departments.moved(name ?? '', index + step + 1, ids.length));
    // The row moved with the button. At either end the button is disabled and loses the focus.
    const row = button.closest('li');
    queueMicrotask(() => {
      if (button.disabled) row?.querySelector<HTMLElement>('button:enabled')?.focus();
      else button.focus();
    });
    try {
      const { items, version } = await orderDepartments(ids);
      for (const department of items) departments.put(department, version);
    } catch (error) {
      showToast({ tone: 'bad', text: t.departments.notOrdered(describeError(error)) });
    } finally {
      if (pendingOrder() === ids) setPendingOrder(null);
    }
  }

  async function unarchive({ id, name }: DepartmentRecord): Promise<void> {
    try {
      const { department, version } = await changeDepartment(id, { archived: false });
      departments.put(department, version);
      showToast({ tone: 'plain', text: t.departments.isUnarchived(name) });
    } catch (error) {
      showToast({ tone: 'bad', text: t.departments.stillArchived(name, describeError(error)) });
    }
  }

  return (
    <ListPage
      of={{ ...departments, value: () => departments.value() && active() }}
      what={t.what.departments}
      icon="folder"
      title={t.sections.departments}
      text={t.departments.text}
      add={{ label: t.departments.add, run: () => navigate('/settings/departments/new') }}
      empty={{
        title: t.departments.empty,
        text: t.departments.emptyText,
      }}
      foot={
        <Show when={archived().length > 0}>
          <h2 class={styles.heading}>{t.departments.archived}</h2>
          <Rows label={t.departments.archived}>
            <For each={archived()}>
              {(department) => (
                <DepartmentRow department={department}>
                  <Button onClick={() => void unarchive(department)}>
                    {t.departments.unarchive}
                  </Button>
                </DepartmentRow>
              )}
            </For>
          </Rows>
        </Show>
      }
    >
      {(department, index) => (
        <DepartmentRow department={department}>
          <IconButton
            icon="chevron"
            class={styles.up}
            label={t.departments.up(department.name)}
            disabled={index() === 0}
            onClick={(event) => void move(index(), -1, event.currentTarget)}
          />
          <IconButton
            icon="chevron"
            label={t.departments.down(department.name)}
            disabled={index() === active().length - 1}
            onClick={(event) => void move(index(), 1, event.currentTarget)}
          />
        </DepartmentRow>
      )}
    </ListPage>
  );
}

function DepartmentRow(props: { department: DepartmentRecord; children: JSX.Element }) {
  const { members } = useSettings();
  const detail = () => {
    const { description, pre_chat_fields, member_ids } = props.department;
    const names = (members.value() ?? [])
      .filter(({ user_id }) => member_ids.includes(user_id))
      .map(({ name }) => name);
    const form = pre_chat_fields.length;
    return [
      description,
      form === 0 ? t.departments.noForm : t.departments.fields(form),
      names.length > 0 ? t.departments.members(names.join(', ')) : null,
    ]
      .filter(Boolean)
      .join(' · ');
  };
  return (
    <Row
      name={props.department.name}
      href={`/settings/departments/${props.department.id}`}
      tags={
        <Show when={!props.department.visible}>
          <span class={styles.tag}>{t.departments.hidden}</span>
        </Show>
      }
      detail={<span dir="auto">{detail()}</span>}
    >
      {props.children}
    </Row>
  );
}

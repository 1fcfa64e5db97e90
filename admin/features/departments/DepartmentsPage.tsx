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
    announce(`${name} moved to position ${index + step + 1} of ${ids.length}`);
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
      showToast({ tone: 'bad', text: `Order not saved. ${describeError(error)}` });
    } finally {
      if (pendingOrder() === ids) setPendingOrder(null);
    }
  }

  async function unarchive({ id, name }: DepartmentRecord): Promise<void> {
    try {
      const { department, version } = await changeDepartment(id, { archived: false });
      departments.put(department, version);
      showToast({ tone: 'plain', text: `${name} unarchived.` });
    } catch (error) {
      showToast({ tone: 'bad', text: `${name} is still archived. ${describeError(error)}` });
    }
  }

  return (
    <ListPage
      of={{ ...departments, value: () => departments.value() && active() }}
      what="departments"
      icon="folder"
      title="Departments"
      text="The teams visitors can choose, in this order, and what each asks first."
      add={{ label: 'New department', run: () => navigate('/settings/departments/new') }}
      empty={{
        title: 'No departments',
        text: 'Visitors can’t start a conversation yet. Add a department, like Support.',
      }}
      foot={
        <Show when={archived().length > 0}>
          <h2 class={styles.heading}>Archived</h2>
          <Rows label="Archived">
            <For each={archived()}>
              {(department) => (
                <DepartmentRow department={department}>
                  <Button onClick={() => void unarchive(department)}>Unarchive</Button>
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
            label={`Move ${department.name} up`}
            disabled={index() === 0}
            onClick={(event) => void move(index(), -1, event.currentTarget)}
          />
          <IconButton
            icon="chevron"
            label={`Move ${department.name} down`}
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
      form === 0 ? 'No form' : `${form} ${form === 1 ? 'field' : 'fields'}`,
      names.length > 0 ? `Members: ${names.join(', ')}` : null,
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
          <span class={styles.tag}>Hidden</span>
        </Show>
      }
      detail={<span dir="auto">{detail()}</span>}
    >
      {props.children}
    </Row>
  );
}

import { A, useNavigate } from '@solidjs/router';
import { createMemo, createSignal, For, Show } from 'solid-js';
import type { DepartmentRecord } from '../../../protocol/resources/department.ts';
import { describeError } from '../../api/http.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import styles from '../../components/lists.module.css';
import { Message } from '../../components/Message.tsx';
import { Section, WhenLoaded } from '../../components/Section.tsx';
import { announce } from '../../lib/announce.ts';
import { showToast } from '../../lib/toasts.ts';
import { useSettings } from '../settings/settings.ts';
import { changeDepartment, orderDepartments } from './api.ts';
import { moved } from './draft.ts';

/** The departments, in the order that visitors see. */
export function DepartmentsPage() {
  const { departments } = useSettings();
  const navigate = useNavigate();
  return (
    <Section
      title="Departments"
      text="The teams visitors can choose, in this order, and what each asks first."
      action={
        <Button look="primary" onClick={() => navigate('/settings/departments/new')}>
          New department
        </Button>
      }
    >
      <WhenLoaded of={departments} what="departments">
        {(all) => <List all={all()} />}
      </WhenLoaded>
    </Section>
  );
}

function List(props: { all: readonly DepartmentRecord[] }) {
  const { departments } = useSettings();
  /** The order that is being saved, shown until then. */
  const [pendingOrder, setPendingOrder] = createSignal<readonly string[] | null>(null);
  const archived = () => props.all.filter((department) => department.archived_at !== null);
  const active = createMemo(() => {
    const open = props.all.filter((department) => department.archived_at === null);
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
      await orderDepartments(ids);
      await departments.load();
    } catch (error) {
      showToast({ tone: 'bad', text: `Order not saved. ${describeError(error)}` });
    } finally {
      if (pendingOrder() === ids) setPendingOrder(null);
    }
  }

  async function unarchive({ id, name }: DepartmentRecord): Promise<void> {
    try {
      await changeDepartment(id, { archived: false });
      await departments.load();
      showToast({ tone: 'plain', text: `${name} unarchived.` });
    } catch (error) {
      showToast({ tone: 'bad', text: `${name} is still archived. ${describeError(error)}` });
    }
  }

  return (
    <>
      <Show
        when={active().length > 0}
        fallback={
          <Message
            icon="folder"
            title="No departments"
            text="Visitors can’t start a conversation yet. Add a department, like Support."
          />
        }
      >
        <ul class={styles.list}>
          <For each={active()}>
            {(department, index) => (
              <li class={styles.row}>
                <Described department={department} />
                <div class={styles.actions}>
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
                </div>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={archived().length > 0}>
        <h2 class={styles.heading}>Archived</h2>
        <ul class={styles.list}>
          <For each={archived()}>
            {(department) => (
              <li class={styles.row}>
                <Described department={department} />
                <Button onClick={() => void unarchive(department)}>Unarchive</Button>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </>
  );
}

function Described(props: { department: DepartmentRecord }) {
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
    <div class={styles.body}>
      <A class={styles.name ?? ''} href={`/settings/departments/${props.department.id}`} dir="auto">
        {props.department.name}
      </A>
      <Show when={!props.department.visible}>
        <span class={styles.tag}>Hidden</span>
      </Show>
      <p class={styles.detail} dir="auto">
        {detail()}
      </p>
    </div>
  );
}

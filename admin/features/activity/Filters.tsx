import { createMemo, Show } from 'solid-js';
import { ACTIVITY_AREAS, type ActivityArea } from '../../../protocol/resources/activity-kinds.ts';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { SelectField } from '../../components/fields/SelectField.tsx';
import { useSettings } from '../settings/settings.ts';
import styles from './ActivityPage.module.css';
import type { Narrowed } from './query.ts';

const AREAS: Record<ActivityArea, string> = {
  settings: 'Settings',
  team: 'Team',
  access: 'Sign-ins and security',
  presence: 'Who was online',
  customers: 'Customers',
  conversations: 'Conversations',
  exports: 'Exports',
};

type Change = Partial<Record<keyof Narrowed, string | null>>;

/** The filters of the activity log: who, what and when. */
export function Filters(props: {
  params: Narrowed;
  onChange(change: Change): void;
  onClear: (() => void) | null;
}) {
  const { members } = useSettings();
  const people = createMemo(() => [
    { value: '', label: 'Everyone' },
    ...(members.value() ?? []).map(({ user_id, name }) => ({ value: user_id, label: name })),
  ]);
  const areas = [
    { value: '', label: 'Everything but who was online' },
    ...ACTIVITY_AREAS.map((area) => ({ value: area, label: AREAS[area] })),
  ];
  const value = (name: keyof Narrowed) => {
    const { [name]: param } = props.params;
    return typeof param === 'string' ? param : '';
  };
  return (
    <search class={styles.filters} aria-label="Filter activity">
      <SelectField
        label="Who"
        value={value('actor')}
        choices={people()}
        onChoose={(actor) => props.onChange({ actor: actor || null })}
      />
      <SelectField
        label="What"
        value={value('kind')}
        choices={areas}
        onChoose={(kind) => props.onChange({ kind: kind || null })}
      />
      <Field
        label="From"
        type="date"
        value={value('from')}
        max={value('to') || undefined}
        onChange={(event) => props.onChange({ from: event.currentTarget.value || null })}
      />
      <Field
        label="To"
        type="date"
        value={value('to')}
        min={value('from') || undefined}
        onChange={(event) => props.onChange({ to: event.currentTarget.value || null })}
      />
      <Show when={props.onClear}>
        {(clear) => (
          <p class={styles.narrowed}>
            <Show when={value('subject')} fallback="Showing matching activity only.">
              Showing activity for one item only.
            </Show>{' '}
            <Button look="quiet" onClick={() => clear()()}>
              Show all activity
            </Button>
          </p>
        )}
      </Show>
    </search>
  );
}

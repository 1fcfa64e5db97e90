import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import { t } from '../../../texts/commands.ts';
import { t as triage } from '../../../texts/triage.ts';
import { NOBODY, peopleOf } from '../../conversation/properties/assignees.ts';
import { asPriority, PRIORITIES } from '../../conversation/properties/priorities.ts';
import { shortTime, snoozeTimes } from '../../conversation/properties/snooze.ts';
import { parseSnooze } from '../../conversation/properties/snooze-typed.ts';
import type { Item, Level } from '../../palette/level.ts';
import type { InboxContextValue } from '../context.ts';
import { customerName } from '../names.ts';
import type { Triage } from './triage.ts';

export type LevelId = 'assign' | 'department' | 'priority' | 'label' | 'snooze';

type Deps = Pick<InboxContextValue, 'inbox' | 'directory'> & {
  /** The conversations that the choice is for. */
  targets: readonly string[];
  actions: Triage;
};

/** The lists of the command menu for conversations: whom to assign them to, and so on. */
export function levelOf(id: LevelId, deps: Deps): Level {
  return LEVELS[id](deps);
}

const LEVELS: Record<LevelId, (deps: Deps) => Level> = {
  assign: (deps) => {
    const { inbox, directory, actions } = deps;
    const holds = common(deps, ({ assignee }) => assignee?.id ?? NOBODY);
    return {
      title: t.assign.title,
      subject: subjectOf(deps),
      placeholder: t.assign.placeholder,
      items: () =>
        peopleOf(directory.members(), inbox.me, inbox.presence()).map(
          ({ value, label, hint, color }): Item => ({
            id: value || 'nobody',
            label,
            hint,
            color,
            icon: 'person',
            current: holds() === value,
            run: () => {
              const member = directory.members().find(({ user_id }) => user_id === value);
              if (value === inbox.me.user.id) actions.claim();
              else actions.assign(member ? { id: value, name: member.name } : null);
            },
          }),
        ),
    };
  },

  department: (deps) => {
    const holds = common(deps, ({ department_id }) => department_id);
    return {
      title: t.move.title,
      subject: subjectOf(deps),
      placeholder: t.move.placeholder,
      items: () =>
        deps.directory
          .departments()
          .filter(({ archived_at }) => archived_at === null)
          .map(
            ({ id, name }): Item => ({
              id,
              label: name,
              icon: 'folder',
              current: holds() === id,
              run: () => holds() !== id && deps.actions.move(id),
            }),
          ),
    };
  },

  priority: (deps) => {
    const holds = common(deps, ({ priority }) => priority);
    return {
      title: t.priority.title,
      subject: subjectOf(deps),
      placeholder: t.priority.placeholder,
      items: () =>
        PRIORITIES.map(
          ({ value, label }): Item => ({
            id: value,
            label,
            icon: 'flag',
            current: holds() === value,
            run: () => deps.actions.setPriority(asPriority(value)),
          }),
        ),
    };
  },

  label: (deps) => ({
    title: t.label.title,
    subject: subjectOf(deps),
    placeholder: t.label.placeholder,
    stays: true,
    items: () =>
      deps.directory.labels().map(({ id, name, color }): Item => {
        const on = () => rowsOf(deps).every(({ label_ids }) => label_ids.includes(id));
        return {
          id,
          label: name,
          icon: 'tag',
          color,
          current: on(),
          run: () => deps.actions.label(id, !on()),
        };
      }),
  }),

  snooze: ({ actions, ...deps }) => {
    const until = (id: string, label: string, time: Date): Item => ({
      id,
      label,
      hint: shortTime(time, new Date()),
      icon: 'clock',
      run: () => actions.snooze(time.toISOString()),
    });
    return {
      title: t.snooze.title,
      subject: subjectOf(deps),
      placeholder: t.snooze.placeholder,
      digitsWrite: true,
      items: () => [
        ...snoozeTimes(new Date()).map(({ value, label, until: time }) =>
          until(value, label, time),
        ),
        {
          id: 'reply',
          label: triage.snooze.reply,
          icon: 'reply',
          run: () => actions.snooze(null),
        },
      ],
      typed: (text) => {
        const time = parseSnooze(text, new Date());
        return time ? [until('typed', t.snooze.until, time)] : [];
      },
    };
  },
};

type Rows = Pick<Deps, 'inbox' | 'targets'>;

function rowsOf({ inbox, targets }: Rows): ConversationSummary[] {
  return targets.flatMap((id) => inbox.conversations[id] ?? []);
}

function subjectOf(deps: Rows): string {
  const [row] = rowsOf(deps);
  if (deps.targets.length > 1) return t.many(deps.targets.length);
  return row ? customerName(row.customer) : '';
}

/** What all the conversations have; undefined if they differ. */
function common<Value>(deps: Rows, of: (row: ConversationSummary) => Value) {
  return (): Value | undefined => {
    const values = new Set(rowsOf(deps).map(of));
    return values.size === 1 ? [...values][0] : undefined;
  };
}

import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import type { WidgetCustomerRecord } from '../../../protocol/resources/customer.ts';
import type { DepartmentRecord } from '../../../protocol/resources/department.ts';
import { THEMES } from '../../../protocol/resources/preference-choices.ts';
import { t } from '../../texts/commands.ts';
import { t as profile } from '../../texts/profile.ts';
import { t as settings } from '../../texts/settings.ts';
import { customerHint, customerName, previewOf } from '../inbox/names.ts';
import { QUEUES } from '../inbox/queues/queues.ts';
import { choose } from '../profile/preferences.ts';
import { sectionsFor } from '../settings/sections.ts';
import { nameOf, SHORTCUTS } from '../shortcuts/commands.ts';
import { actionOf } from '../shortcuts/shortcuts.ts';
import type { Item } from './level.ts';
import type { Recent } from './recent.ts';

type Go = (path: string) => unknown;

/** The available actions. */
export function actionItems(): Item[] {
  const actions = SHORTCUTS.filter((command) => !('ofFocus' in command)).flatMap(
    (command): Item | [] => {
      const action = actionOf(command.id);
      if (!action) return [];
      return {
        id: `action:${command.id}`,
        label: action.level ? `${nameOf(command.id)}…` : nameOf(command.id),
        icon: command.icon,
        keywords: t.groups[command.group],
        keys: command.keys,
        run: action.run,
        ...(action.level && { level: action.level }),
      };
    },
  );
  const themes = THEMES.map(
    (theme): Item => ({
      id: `theme:${theme}`,
      label: t.theme(profile.preferences.themes[theme]),
      icon: 'settings',
      keywords: 'appearance mode colour',
      run: () => choose({ theme }),
    }),
  );
  return [...actions, ...themes];
}

/** The places to go to. */
export function placeItems(role: string, departments: readonly DepartmentRecord[], go: Go): Item[] {
  return [
    ...QUEUES.map(
      ({ id, label }): Item => ({
        id: `queue:${id}`,
        label,
        icon: 'inbox',
        keywords: 'queue inbox go to',
        run: () => go(`/inbox/${id}`),
      }),
    ),
    ...departments
      .filter(({ archived_at }) => archived_at === null)
      .map(
        ({ id, name }): Item => ({
          id: `department:${id}`,
          label: name,
          icon: 'folder',
          keywords: 'department',
          hint: t.department,
          run: () => go(`/inbox/all?department=${encodeURIComponent(id)}`),
        }),
      ),
    {
      id: 'customers',
      label: t.customers,
      icon: 'people',
      keywords: 'people visitors go to',
      run: () => go('/customers'),
    },
    {
      id: 'search',
      label: t.searchEverything,
      icon: 'search',
      keywords: 'find text go to',
      run: () => go('/search'),
    },
    ...sectionsFor(role).map(
      ({ id, icon }): Item => ({
        id: `settings:${id}`,
        label: settings.sections[id],
        icon,
        keywords: 'settings',
        hint: t.settings,
        run: () => go(`/settings/${id}`),
      }),
    ),
  ];
}

export const recentItems = (recent: readonly Recent[], go: Go): Item[] =>
  recent.map(({ id, name }) => ({
    id: `recent:${id}`,
    label: name,
    icon: 'clock',
    hint: t.recent,
    run: () => go(`/inbox/all/${id}`),
  }));

export const conversationItems = (conversations: readonly ConversationSummary[], go: Go): Item[] =>
  conversations.map((conversation) => ({
    id: `conversation:${conversation.id}`,
    label: customerName(conversation.customer),
    icon: 'inbox',
    hint: [customerHint(conversation.customer), previewOf(conversation.last_message_preview, '')]
      .filter(Boolean)
      .join(' · '),
    run: () => go(`/inbox/all/${conversation.id}`),
  }));

export const customerItems = (customers: readonly WidgetCustomerRecord[], go: Go): Item[] =>
  customers.map((customer) => ({
    id: `customer:${customer.id}`,
    label: customerName(customer),
    icon: 'person',
    hint: customer.email ?? customer.phone ?? customerHint(customer) ?? '',
    run: () => go(`/customers/${customer.id}`),
  }));

import type { PreChatField } from '../../protocol/resources/department.ts';
import type { Hours } from '../../protocol/resources/schedule.ts';
import type {
  DepartmentTranslations,
  WidgetTranslations,
} from '../../protocol/widget/translations.ts';
import type { Kit } from '../kit.ts';
import type { organizationTables } from './organizations.ts';
import type { userTables } from './users.ts';

/** What an organization sets. */
export function settingTables(
  kit: Kit,
  { users, organizations }: ReturnType<typeof userTables> & ReturnType<typeof organizationTables>,
) {
  const widgetSettings = kit.table('widget_settings', {
    organization_id: kit
      .uuid()
      .primaryKey()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    /** What the embed names; says which organization, opens nothing. */
    public_key: kit.text().notNull().unique(),
    /** Origins whose pages may show the widget; empty: any. */
    allowed_origins: kit.json<string[]>().notNull(),
    accent: kit.text(),
    locale: kit.text().notNull().default('en'),
    greeting: kit.text(),
    /** The greeting in further languages. */
    translations: kit.json<WidgetTranslations>().notNull().default({}),
    theme: kit.oneOf(['auto', 'light', 'dark']).notNull().default('auto'),
    /** The launcher's side; null: where a line ends in the page's direction. */
    position: kit.oneOf(['right', 'left']),
    launcher: kit.oneOf(['icon', 'text']).notNull().default('icon'),
    /** What a launcher with words says. */
    launcher_text: kit.text(),
    /** Megabytes of files of one visitor in a day; null: what the installation allows. */
    visitor_file_megabytes: kit.integer(),
    /** Which visitors must pass the human check before a conversation begins, if one is configured. */
    human_check: kit.oneOf(['suspicion', 'always']).notNull().default('suspicion'),
    /** Hours after which a conversation closes whose visitor does not answer; null: never. */
    auto_close_hours: kit.integer(),
    /** What the visitor is told before it closes. */
    auto_close_message: kit.text(),
    /** Whether the visitor's next message reopens it. */
    auto_close_reopens: kit.flag().notNull().default(true),
    /** The opening hours of the organization; null: always open. One that is gone counts as null. */
    schedule_id: kit.uuid(),
    /** When and on which origin the widget was opened last; written once a day. */
    seen_at: kit.time(),
    seen_origin: kit.text(),
  });

  /**
   * The secrets with which the organization's own servers vouch for people (worker/auth/identity.ts):
   * which are active. What they are is derived from their ids, and kept nowhere.
   */
  const identitySecrets = kit.table(
    'identity_secrets',
    {
      organization_id: kit.id(),
      id: kit.id(),
      created_at: kit.time().notNull(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.organization_id, table.id] }),
      kit
        .foreignKey({
          name: 'identity_secrets_organization',
          columns: [table.organization_id],
          foreignColumns: [organizations.id],
        })
        .onDelete('cascade'),
    ],
  );

  const schedules = kit.table(
    'schedules',
    {
      organization_id: kit.id(),
      id: kit.id(),
      name: kit.text().notNull(),
      timezone: kit.text().notNull(),
      weekly: kit.json<Hours['weekly']>().notNull(),
      exceptions: kit.json<Hours['exceptions']>().notNull(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.organization_id, table.id] }),
      kit.uniqueIndex('schedules_name').on(table.organization_id, table.name),
      kit
        .foreignKey({
          name: 'schedules_organization',
          columns: [table.organization_id],
          foreignColumns: [organizations.id],
        })
        .onDelete('cascade'),
    ],
  );

  const departments = kit.table(
    'departments',
    {
      organization_id: kit.id(),
      id: kit.id(),
      name: kit.text().notNull(),
      description: kit.text(),
      position: kit.integer().notNull(),
      pre_chat_fields: kit.json<PreChatField[]>().notNull(),
      /** Its name, its description and its form in further languages. */
      translations: kit.json<DepartmentTranslations>().notNull().default({}),
      visible: kit.flag().notNull().default(true),
      /** What visitors see of it while nobody who serves it is there. */
      offline: kit.oneOf(['show', 'hide']).notNull().default('show'),
      archived_at: kit.time(),
      /** As the organization's; null: as that says, 0: never. */
      auto_close_hours: kit.integer(),
      /** Its own opening hours; null: those of the organization. One that is gone counts as null. */
      schedule_id: kit.uuid(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.organization_id, table.id] }),
      kit
        .foreignKey({
          name: 'departments_organization',
          columns: [table.organization_id],
          foreignColumns: [organizations.id],
        })
        .onDelete('cascade'),
    ],
  );

  const departmentMembers = kit.table(
    'department_members',
    {
      organization_id: kit.id(),
      department_id: kit.id(),
      user_id: kit.id().references(() => users.id, { onDelete: 'cascade' }),
    },
    (table) => [
      kit.primaryKey({
        name: 'department_members_pk',
        columns: [table.organization_id, table.department_id, table.user_id],
      }),
      // What one agent serves, asked with each of their requests where agents see only that.
      kit
        .index('department_members_user')
        .on(table.organization_id, table.user_id, table.department_id),
      kit
        .foreignKey({
          name: 'department_members_department',
          columns: [table.organization_id, table.department_id],
          foreignColumns: [departments.organization_id, departments.id],
        })
        .onDelete('cascade'),
    ],
  );

  return { widgetSettings, identitySecrets, schedules, departments, departmentMembers };
}
